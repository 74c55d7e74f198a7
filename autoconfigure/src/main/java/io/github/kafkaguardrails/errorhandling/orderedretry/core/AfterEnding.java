package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * What happens to the later records of a key when a record of it has met its ending.
 *
 * @since 0.1.0
 */
public enum AfterEnding {

	/** They are delivered. */
	RELEASE,

	/** They follow it to the dead-letter topic, in order, until the key is released. */
	PARK

}
