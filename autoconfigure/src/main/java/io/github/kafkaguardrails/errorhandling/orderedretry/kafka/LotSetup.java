package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;

import io.github.kafkaguardrails.errorhandling.RetryPolicy;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.AfterEnding;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Limits;

/**
 * What all lots of a listener have in common.
 *
 * @param topics the parked topics
 * @param limits limits of a partition
 * @param afterEnding what happens to the later records of a key after an ending
 * @param policy when a record is delivered again
 * @param passed tells topics whose records do not reach the listener and have no lot
 * @param maxPollInterval how long the consumer is a member without a poll
 * @param watcher is told what happens
 * @param counters counts what happens
 * @param clock the time
 * @since 0.1.0
 */
public record LotSetup(ParkedTopics topics, Limits limits, AfterEnding afterEnding, RetryPolicy policy,
		Predicate<String> passed, Duration maxPollInterval, LotWatcher watcher, LotCounters counters, Clock clock) {

}
