package io.github.kafkaguardrails.errorhandling;

/**
 * What happens to a record after its last attempt.
 *
 * @since 0.1.0
 */
public enum Ending {

	/** It is written to the dead-letter topic and the listener goes on. */
	DEAD_LETTER,

	/** It is logged and the listener goes on: the record is lost on purpose. */
	SKIP,

	/** The listener stops; the offset stays before the record. */
	STOP

}
