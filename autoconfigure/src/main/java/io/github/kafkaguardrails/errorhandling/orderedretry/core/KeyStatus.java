package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * What an operator sees of a parked key.
 *
 * @param <R> type of the records
 * @param first first parked record of the key, and the state of its retry
 * @param records number of parked records of the key, the first included
 * @param running whether the first record is being tried now
 * @since 0.1.0
 */
public record KeyStatus<R extends SourceRecord>(ParkedRecord<R> first, int records, boolean running) {
}
