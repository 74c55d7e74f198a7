package io.github.kafkaguardrails.errorhandling;

/**
 * What an ordered retry does with the later records of a key when one was written to the
 * dead-letter topic.
 *
 * @since 0.1.0
 */
public enum AfterDeadLetter {

	/** They are delivered. */
	RELEASE,

	/** They follow it to the dead-letter topic, in order, until the key is released. */
	PARK

}
