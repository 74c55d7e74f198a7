package io.github.kafkaguardrails.errorhandling;

import org.apache.kafka.common.TopicPartition;

/**
 * Thrown by a wrapper around a listener when a record must not be delivered yet. It
 * counts as no attempt: the record keeps its place and comes back. Whoever throws it
 * pauses the partition and resumes it in time.
 *
 * @since 0.1.0
 */
public class DeferredDeliveryException extends RuntimeException {

	public DeferredDeliveryException(TopicPartition partition) {
		super("Delivery from " + partition + " is deferred", null, false, false);
	}

}
