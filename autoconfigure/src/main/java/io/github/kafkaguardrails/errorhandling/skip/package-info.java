/**
 * Ending: log and go on.
 */
@NullMarked
package io.github.kafkaguardrails.errorhandling.skip;

import org.jspecify.annotations.NullMarked;
