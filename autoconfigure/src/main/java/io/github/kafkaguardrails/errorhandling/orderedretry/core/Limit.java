package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * A limit of one partition. While it is reached nothing more is parked.
 *
 * @since 0.1.0
 */
public enum Limit {

	/** Number of parked records. */
	RECORDS,

	/** Bytes of all parked records. */
	BYTES,

	/**
	 * Distance from the oldest parked record to the end in the parked topic. Renewals
	 * bring it down, see {@link ParkedWrites#renewals}.
	 */
	WINDOW,

	/** Number of records that wait behind the first one of a key. */
	FOLLOWERS

}
