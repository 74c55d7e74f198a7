package io.github.kafkaguardrails.setup;

import java.util.List;

/**
 * The retry topics of Spring Kafka that serve a listener.
 *
 * @param deadLetter whether a record ends in a dead-letter topic after the last attempt
 * @param created the retry and dead-letter topics that the application creates; empty
 * when it creates none
 * @since 0.1.0
 */
public record RetryTopicSetup(boolean deadLetter, List<CreatedTopic> created) {

	/** Leaves a number to the broker. */
	public static final int BROKER_DEFAULT = -1;

	public RetryTopicSetup {
		created = List.copyOf(created);
	}

	/**
	 * A topic as the application creates it.
	 *
	 * @param name name of the topic
	 * @param partitions number of partitions, or {@link #BROKER_DEFAULT}
	 * @param replicationFactor number of replicas, or {@link #BROKER_DEFAULT}
	 */
	public record CreatedTopic(String name, int partitions, int replicationFactor) {

	}

}
