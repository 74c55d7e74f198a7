package io.github.kafkaguardrails.errorhandling;

/**
 * Ends the handling of a failed record: the last thing that happens to it. Called on the
 * consumer thread; may block for a bounded time.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FailedRecordEnding {

	/**
	 * End the handling of this record.
	 * @param failed the record
	 * @return what the listener does next
	 * @throws RuntimeException when the record could not be ended; it is tried again a
	 * bounded number of times, then the listener stops with the offset before the record
	 */
	Outcome end(FailedRecord failed);

	/**
	 * The record with the facts that it carries along when it was handed on before.
	 * @param failed a record whose delivery just failed
	 */
	default FailedRecord restore(FailedRecord failed) {
		return failed;
	}

	/** What a listener does after a record was ended. */
	enum Outcome {

		/** The record is done; go on with the next one. */
		ENDED,

		/** The record was handed to somebody else; go on with the next one. */
		FORWARDED,

		/** Stop the listener; the offset stays before the record. */
		STOP

	}

}
