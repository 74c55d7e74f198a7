package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import org.jspecify.annotations.Nullable;

/**
 * A record of the source topic as it is parked: its raw bytes and where it came from.
 * Implementations do not change.
 *
 * @since 0.1.0
 */
public interface SourceRecord {

	/**
	 * The key as stored in the source topic, never changed by anybody, or {@code null}.
	 * Records without a key have no order among each other.
	 */
	byte @Nullable [] key();

	/** The offset in the source partition. */
	long offset();

	/** The bytes that the record takes in memory, for the limit on bytes. */
	int size();

}
