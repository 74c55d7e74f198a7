/**
 * Ending: write the record to a dead-letter topic.
 */
@NullMarked
package io.github.kafkaguardrails.errorhandling.deadletter;

import org.jspecify.annotations.NullMarked;
