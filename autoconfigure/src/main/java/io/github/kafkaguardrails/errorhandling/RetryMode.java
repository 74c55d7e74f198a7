package io.github.kafkaguardrails.errorhandling;

/**
 * How a failing record is tried again.
 *
 * @since 0.1.0
 */
public enum RetryMode {

	/** Not at all: the first failure is the last. */
	NONE,

	/**
	 * In place: the records behind it in its partition wait. Keeps the order of the
	 * partition.
	 */
	BLOCKING,

	/**
	 * Later, from a retry topic: the records behind it go on. Gives up the order.
	 */
	TOPIC,

	/**
	 * Later, from the parked topic: later records of its key wait behind it, every other
	 * key goes on. Keeps the order of each key.
	 */
	ORDERED

}
