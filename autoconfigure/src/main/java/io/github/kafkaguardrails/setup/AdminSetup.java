package io.github.kafkaguardrails.setup;

import java.util.List;

/**
 * A {@code KafkaAdmin}.
 *
 * @param name bean name
 * @param config the effective configuration
 * @param increases partitions that it added, or tried to add, to existing topics at
 * start-up
 * @since 0.1.0
 */
public record AdminSetup(String name, ClientConfig config, List<PartitionIncrease> increases) {

	public AdminSetup {
		increases = List.copyOf(increases);
	}

	/** An admin that adds no partitions. */
	public AdminSetup(String name, ClientConfig config) {
		this(name, config, List.of());
	}

	public Subject subject() {
		return new Subject(Subject.Kind.ADMIN, this.name);
	}

}
