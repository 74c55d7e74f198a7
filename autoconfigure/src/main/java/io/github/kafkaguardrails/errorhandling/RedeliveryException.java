package io.github.kafkaguardrails.errorhandling;

import org.springframework.kafka.KafkaException;

/**
 * Tells the container that a record is not done and will be delivered again. The failure
 * was logged where it happened, so that the container logs this at debug only.
 */
final class RedeliveryException extends KafkaException {

	RedeliveryException(Exception failure) {
		super("The record is not done and will be delivered again", Level.DEBUG, failure);
	}

	/** The failure itself, when this exception carries one. */
	static Exception unwrap(Exception exception) {
		return (exception instanceof RedeliveryException && exception.getCause() instanceof Exception failure) ? failure
				: exception;
	}

}
