package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * What a parked record waits for.
 *
 * @since 0.1.0
 */
public enum Standing {

	/** For its next delivery to the listener, or for the records of its key before it. */
	WAITING,

	/** For its ending only: its deliveries are used up and the ending itself failed. */
	ENDING,

	/** For an operator; the later records of its key wait behind it. */
	STOPPED,

	/**
	 * For an operator, after its ending: all later records of its key follow it to the
	 * dead-letter topic until the key is released.
	 */
	DEAD

}
