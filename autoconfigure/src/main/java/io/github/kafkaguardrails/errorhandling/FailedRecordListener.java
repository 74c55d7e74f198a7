package io.github.kafkaguardrails.errorhandling;

import java.time.Duration;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Is told what happens to failing records. Called on consumer threads, for a listener
 * that returns futures also on those that complete them, and for parked records on those
 * that retry them; must be fast, must not block and must not throw.
 *
 * @since 0.1.0
 */
public interface FailedRecordListener {

	/**
	 * A delivery failed.
	 * @param failed the record, with the number of deliveries so far
	 */
	default void deliveryFailed(FailedRecord failed) {
	}

	/**
	 * A consumer waited between two deliveries.
	 * @param listenerId id of the listener
	 * @param pause how long it waited
	 */
	default void waited(String listenerId, Duration pause) {
	}

	/**
	 * A record that had failed was processed.
	 * @param listenerId id of the listener
	 * @param record the record
	 * @param attempts deliveries that it took
	 */
	default void recovered(String listenerId, ConsumerRecord<?, ?> record, int attempts) {
	}

	/**
	 * A record was handed to a retry topic or to the parked topic.
	 * @param failed the record
	 * @param topic that topic
	 */
	default void forwarded(FailedRecord failed, String topic) {
	}

	/**
	 * The handling of a record has ended.
	 * @param failed the record
	 * @param ending how
	 */
	default void ended(FailedRecord failed, Ending ending) {
	}

	/**
	 * The handling of a record could not be ended, for example because the dead-letter
	 * topic cannot be written.
	 * @param failed the record
	 * @param ending what was tried
	 * @param reason why it failed
	 * @param stopped whether the listener stops because of it
	 */
	default void endingFailed(FailedRecord failed, Ending ending, Throwable reason, boolean stopped) {
	}

}
