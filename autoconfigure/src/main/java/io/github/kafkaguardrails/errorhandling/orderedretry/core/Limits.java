package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * Limits of one partition.
 *
 * @param records parked records, at least 1 and at most half the window
 * @param bytes bytes of all parked records, at least 1; the record that crosses it is
 * still parked
 * @param window offsets from the oldest parked record to the end in the parked topic, at
 * most {@value ParkedSnapshot#MAX_WINDOW}, so that every state fits into the metadata of
 * an offset commit
 * @param followers records behind the first one of a key, at least 1
 * @since 0.1.0
 */
public record Limits(int records, long bytes, int window, int followers) {

	/** 8,000 records, 16 MiB, a window of 20,000 offsets, 1,000 followers. */
	public static final Limits DEFAULT = new Limits(8_000, 16L * 1024 * 1024, 20_000, 1_000);

	/**
	 * Checks the limits.
	 * @throws IllegalArgumentException if a number is out of its range
	 */
	public Limits {
		if (window < 2 || window > ParkedSnapshot.MAX_WINDOW) {
			throw new IllegalArgumentException(
					"window is %d, it must be from 2 to %d".formatted(window, ParkedSnapshot.MAX_WINDOW));
		}
		if (records < 1 || records > window / 2) {
			throw new IllegalArgumentException(
					"records is %d, it must be from 1 to %d, half the window".formatted(records, window / 2));
		}
		if (bytes < 1 || followers < 1) {
			throw new IllegalArgumentException("bytes and followers must be positive");
		}
	}

}
