package io.github.kafkaguardrails.setup;

import java.util.Map;

/**
 * A topic that the application declares, as a bean or through {@code @RetryableTopic}.
 *
 * @param beanName name of the bean that declares it
 * @param name name of the topic
 * @param partitions number of partitions, or {@link #BROKER_DEFAULT}
 * @param replicationFactor number of replicas, or {@link #BROKER_DEFAULT}
 * @param configs settings of the topic, by key
 * @since 0.1.0
 */
public record DeclaredTopicSetup(String beanName, String name, int partitions, int replicationFactor,
		Map<String, String> configs) {

	/** Stands for a number that is left to the broker. */
	public static final int BROKER_DEFAULT = -1;

	public DeclaredTopicSetup {
		configs = Map.copyOf(configs);
	}

	public Subject subject() {
		return new Subject(Subject.Kind.TOPIC, this.name);
	}

	/** Something that the declaration says, with its place. */
	public ConfigValue fact(String key, Object value) {
		return ConfigValue.of(key, value, ValueOrigin.code("bean '" + this.beanName + "'"));
	}

}
