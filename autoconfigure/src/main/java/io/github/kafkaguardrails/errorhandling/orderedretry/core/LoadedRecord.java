package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * A record read back from the parked topic.
 *
 * @param <R> type of the record
 * @param record record and the state of its retry; its standing is
 * {@link Standing#WAITING} or {@link Standing#DEAD}
 * @param parkedOffset offset in the parked topic
 * @param writtenAt timestamp in the parked topic, in epoch milliseconds
 * @since 0.1.0
 */
public record LoadedRecord<R extends SourceRecord>(ParkedRecord<R> record, long parkedOffset, long writtenAt) {
}
