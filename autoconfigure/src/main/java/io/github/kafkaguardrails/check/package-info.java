/**
 * Checks the clusters while the application runs, and tells what has changed.
 */
@NullMarked
package io.github.kafkaguardrails.check;

import org.jspecify.annotations.NullMarked;
