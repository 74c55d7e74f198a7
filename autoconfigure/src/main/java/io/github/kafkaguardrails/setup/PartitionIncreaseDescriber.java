package io.github.kafkaguardrails.setup;

import java.util.List;

/**
 * Implemented by a predicate of a {@code KafkaAdmin} that has noticed which topics the
 * admin was about to change, so that the picture shows them without knowing it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PartitionIncreaseDescriber {

	/** The increases noticed so far. */
	List<PartitionIncrease> describePartitionIncreases();

}
