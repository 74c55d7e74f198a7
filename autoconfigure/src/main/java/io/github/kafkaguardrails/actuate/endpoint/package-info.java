/**
 * The endpoint that shows the findings and the wiring they are about.
 */
@NullMarked
package io.github.kafkaguardrails.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
