/**
 * The Kafka side of the ordered retry: the consumers of a listener with their commits and
 * rebalances, and the parked topic.
 */
@NullMarked
package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import org.jspecify.annotations.NullMarked;
