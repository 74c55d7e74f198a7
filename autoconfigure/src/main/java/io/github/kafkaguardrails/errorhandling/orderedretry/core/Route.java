package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * What the main path has to do with a record that it polled.
 *
 * @since 0.1.0
 */
public enum Route {

	/** Deliver it to the listener. */
	DIRECT,

	/** Park it, see {@link Lot#park}: an earlier record of its key is parked. */
	DIVERT,

	/** Nothing: it is parked already. */
	ALREADY_PARKED,

	/**
	 * Send it to the dead-letter topic, and go on when that is acknowledged: its key is
	 * dead and nothing of it waits in between.
	 */
	DEAD_LETTER,

	/**
	 * Ask again, after {@link Lot#awaitRoute}: the marker of its dead key is not
	 * acknowledged yet, or a later record of its key is being delivered.
	 */
	WAIT

}
