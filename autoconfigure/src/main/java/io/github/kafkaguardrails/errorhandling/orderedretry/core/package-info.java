/**
 * The core of the ordered retry: the state of one partition whose failed records are
 * parked, its encoding in the metadata of an offset commit, the gate for commits, and the
 * choice of the record to try next. It has no thread, no clock and no I/O of its own and
 * knows neither Spring nor a Kafka client.
 */
@NullMarked
package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import org.jspecify.annotations.NullMarked;
