package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * A record and the state of its retry. What the parked topic keeps of it is the record,
 * the attempts, the first failure and whether it is {@link Standing#DEAD}.
 *
 * @param <R> type of the record
 * @param source record of the source topic
 * @param attempts deliveries to the listener so far
 * @param firstFailure when the first delivery failed, in epoch milliseconds; 0 when none
 * failed
 * @param due when to deliver it next, in epoch milliseconds; 0 for at once
 * @param standing what it waits for
 * @since 0.1.0
 */
public record ParkedRecord<R extends SourceRecord>(R source, int attempts, long firstFailure, long due,
		Standing standing) {

	/**
	 * A record that was never delivered: it waits behind an earlier one of its key.
	 * @param <R> type of the record
	 * @param source record of the source topic
	 */
	public static <R extends SourceRecord> ParkedRecord<R> follower(R source) {
		return new ParkedRecord<>(source, 0, 0, 0, Standing.WAITING);
	}

}
