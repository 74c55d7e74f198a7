/**
 * Ending: stop the listener.
 */
@NullMarked
package io.github.kafkaguardrails.errorhandling.stop;

import org.jspecify.annotations.NullMarked;
