package io.github.kafkaguardrails.errorhandling.topics;

/**
 * What is done about the topics that error handling needs.
 *
 * @since 0.1.0
 */
public enum Provisioning {

	/** Missing ones are created, and grow with their source. */
	CREATE,

	/** Missing ones are reported. */
	VERIFY,

	/** Nothing. */
	NONE

}
