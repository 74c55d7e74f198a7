package io.github.kafkaguardrails.setup;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a listener container consumes. Exactly one of the three parts is filled.
 *
 * @param topics topic names, resolved
 * @param pattern topic pattern, or {@code null}
 * @param partitions manually assigned partitions as {@code topic-partition}
 * @since 0.1.0
 */
public record Subscription(List<String> topics, @Nullable String pattern, List<String> partitions) {

	public Subscription {
		topics = List.copyOf(topics);
		partitions = List.copyOf(partitions);
	}

	public static Subscription ofTopics(String... topics) {
		return new Subscription(List.of(topics), null, List.of());
	}

	/** Whether the group coordinator assigns the partitions. */
	public boolean groupManaged() {
		return this.partitions.isEmpty();
	}

}
