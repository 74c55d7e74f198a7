/**
 * Immutable picture of an application's Kafka wiring, each value with its origin. Knows
 * nothing of rules, strategies or reports.
 */
@NullMarked
package io.github.kafkaguardrails.setup;

import org.jspecify.annotations.NullMarked;
