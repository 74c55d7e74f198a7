package io.github.kafkaguardrails.errorhandling;

import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.listener.TimestampedException;
import org.springframework.transaction.TransactionException;

/**
 * Tells failures of a listener from failures of the container.
 */
final class ListenerFailures {

	private ListenerFailures() {
	}

	/**
	 * Whether the record is to blame. A commit, a rebalance or a transaction that failed
	 * arrives at the error handler as well, and bare: what a listener throws is wrapped.
	 */
	static boolean isRecordFailure(Exception exception) {
		return !(exception instanceof KafkaException || exception instanceof TransactionException);
	}

	/** The exception without the wrappers of the container. */
	static Throwable cause(Exception exception) {
		Throwable cause = exception;
		while ((cause instanceof ListenerExecutionFailedException || cause instanceof TimestampedException)
				&& cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

}
