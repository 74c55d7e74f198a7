package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * What is parked of a partition is not known any more. Nobody may guess it: a guess could
 * lose records or deliver them out of order.
 *
 * @since 0.1.0
 */
public class ParkedStateException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient TopicPartition partition;

	ParkedStateException(TopicPartition partition, String reason) {
		super("The parked records of " + partition + " are not known: " + reason
				+ ". To give them up, stop the group and delete its offsets of the parked topic"
				+ " (kafka-consumer-groups --delete-offsets)");
		this.partition = partition;
	}

	TopicPartition partition() {
		return this.partition;
	}

}
