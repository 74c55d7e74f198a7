package io.github.kafkaguardrails.setup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A topic as the cluster has it.
 *
 * @param name name of the topic
 * @param exists whether it exists, as far as the application may see
 * @param partitions its partitions, by number; empty when the topic does not exist
 * @param config its configuration by key; values that the topic does not set itself are
 * not {@link ConfigValue#explicit() explicit}
 * @param operations what the application may do with it, names of {@code AclOperation};
 * not known when the cluster authorizes nobody
 * @since 0.1.0
 */
public record TopicSetup(String name, boolean exists, List<PartitionSetup> partitions,
		Reading<Map<String, ConfigValue>> config, Reading<Set<String>> operations) {

	public TopicSetup {
		partitions = List.copyOf(partitions);
	}

	/** A topic that does not exist. */
	public static TopicSetup missing(String name) {
		return new TopicSetup(name, false, List.of(), Reading.unknown("the topic does not exist"),
				Reading.unknown("the topic does not exist"));
	}

	/** The smallest number of replicas of a partition; 0 without partitions. */
	public int replicationFactor() {
		return this.partitions.stream().mapToInt((partition) -> partition.replicas().size()).min().orElse(0);
	}

	/** A setting of the topic; empty when it could not be read. */
	public Optional<ConfigValue> setting(String key) {
		return this.config.known().map((values) -> values.get(key));
	}

	/**
	 * Whether the cleanup policy contains this one, {@code compact} or {@code delete}.
	 */
	public boolean cleanedUpBy(String policy) {
		return setting("cleanup.policy").map((value) -> List.of(value.text().split("\\s*,\\s*")).contains(policy))
			.orElse(false);
	}

	/** A fact about the topic that no single setting holds. */
	public ConfigValue fact(String name, Object value) {
		return ConfigValue.of(name, value, ValueOrigin.cluster("topic '" + this.name + "'"));
	}

	public Subject subject() {
		return new Subject(Subject.Kind.TOPIC, this.name);
	}

}
