package io.github.kafkaguardrails.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.PartitionIncrease;
import io.github.kafkaguardrails.setup.PartitionIncreaseDescriber;

/**
 * Stands before the predicate that tells a {@code KafkaAdmin} which topics to create or
 * modify, and notes which topics are about to get more partitions: afterwards nobody
 * could tell any more. It lets the admin do what it would do without it. It looks at the
 * cluster once, with the first topic.
 *
 * @since 0.1.0
 */
public final class PartitionWatch implements Predicate<NewTopic>, PartitionIncreaseDescriber {

	private final Predicate<NewTopic> users;

	private final Supplier<List<DeclaredTopic>> declared;

	private final Supplier<Map<String, Object>> adminConfig;

	private final PartitionLook look;

	private final Runnable noticed;

	private final List<PartitionIncrease> increases = new CopyOnWriteArrayList<>();

	private @Nullable List<PartitionIncrease> ahead;

	/**
	 * A watch.
	 * @param users the predicate that decides
	 * @param declared all topics that beans declare
	 * @param adminConfig configuration of the admin
	 * @param look looks at the cluster
	 * @param noticed called after an increase has been noticed
	 */
	public PartitionWatch(Predicate<NewTopic> users, Supplier<List<DeclaredTopic>> declared,
			Supplier<Map<String, Object>> adminConfig, PartitionLook look, Runnable noticed) {
		this.users = users;
		this.declared = declared;
		this.adminConfig = adminConfig;
		this.look = look;
		this.noticed = noticed;
	}

	@Override
	public boolean test(NewTopic topic) {
		boolean accepted = this.users.test(topic);
		if (accepted && topic.numPartitions() > 1) {
			ahead().stream()
				.filter((increase) -> increase.topic().equals(topic.name())
						&& increase.after() == topic.numPartitions())
				.filter((increase) -> !this.increases.contains(increase))
				.findFirst()
				.ifPresent((increase) -> {
					this.increases.add(increase);
					this.noticed.run();
				});
		}
		return accepted;
	}

	private synchronized List<PartitionIncrease> ahead() {
		List<PartitionIncrease> ahead = this.ahead;
		if (ahead == null) {
			ahead = look();
			this.ahead = ahead;
		}
		return ahead;
	}

	private List<PartitionIncrease> look() {
		try {
			return this.look.increases(this.adminConfig.get(), this.declared.get());
		}
		catch (RuntimeException ex) {
			// the admin will have the same trouble and say so
			return List.of();
		}
	}

	@Override
	public List<PartitionIncrease> describePartitionIncreases() {
		return List.copyOf(this.increases);
	}

}
