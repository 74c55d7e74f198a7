/**
 * What runs beside the application, and does not hold up its start.
 */
@NullMarked
package io.github.kafkaguardrails.background;

import org.jspecify.annotations.NullMarked;
