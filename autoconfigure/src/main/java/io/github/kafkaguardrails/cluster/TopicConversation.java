package io.github.kafkaguardrails.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.PartitionSetup;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.TopicSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Asks a cluster about topics, and keeps the answers.
 */
final class TopicConversation {

	private final Admin admin;

	private final TimeBox time;

	private final OffsetConversation offsets;

	private final ClusterConversation.Operations operations;

	private final Map<String, TopicSetup> topics = new TreeMap<>();

	private final Map<String, String> unreadable = new TreeMap<>();

	TopicConversation(Admin admin, TimeBox time, OffsetConversation offsets,
			ClusterConversation.Operations operations) {
		this.admin = admin;
		this.time = time;
		this.offsets = offsets;
		this.operations = operations;
	}

	Map<String, TopicSetup> topics() {
		return this.topics;
	}

	/** Why topics could not be described, by name. */
	Map<String, String> unreadable() {
		return this.unreadable;
	}

	void read(Set<String> names, NeededAges ages) throws InterruptedException {
		Map<String, TopicDescription> described = describe(names);
		Map<String, KafkaFuture<Map<String, ConfigValue>>> configs = configs(described.keySet());
		Map<TopicPartition, OffsetConversation.Answer> offsets = this.offsets.read(partitions(described.values()),
				ages);
		for (TopicDescription topic : described.values()) {
			List<PartitionSetup> partitions = new ArrayList<>();
			for (TopicPartitionInfo partition : topic.partitions()) {
				partitions
					.add(partition(partition, offsets.get(new TopicPartition(topic.name(), partition.partition()))));
			}
			this.topics.put(topic.name(),
					new TopicSetup(topic.name(), true, partitions,
							this.time.reading(Objects.requireNonNull(configs.get(topic.name()))),
							this.operations.of(operations(topic))));
		}
	}

	/** The cluster's own topics come with their first use; none of them is missed. */
	private Map<String, TopicDescription> describe(Set<String> names) throws InterruptedException {
		Map<String, KafkaFuture<TopicDescription>> futures = this.admin
			.describeTopics(names,
					new DescribeTopicsOptions().includeAuthorizedOperations(true).timeoutMs(this.time.millis()))
			.topicNameValues();
		Map<String, TopicDescription> described = new TreeMap<>();
		for (Map.Entry<String, KafkaFuture<TopicDescription>> entry : futures.entrySet()) {
			String name = entry.getKey();
			try {
				described.put(name, this.time.await(entry.getValue()));
			}
			catch (ExecutionException | TimeoutException ex) {
				Failure failure = Failure.of(ex);
				boolean missing = failure.cause() instanceof UnknownTopicOrPartitionException
						|| failure.cause() instanceof InvalidTopicException;
				if (!missing) {
					this.unreadable.put(name, failure.reason());
				}
				else if (!ClusterQuestions.INTERNAL_TOPICS.contains(name)) {
					this.topics.put(name, TopicSetup.missing(name));
				}
			}
		}
		return described;
	}

	private Map<String, KafkaFuture<Map<String, ConfigValue>>> configs(Collection<String> names) {
		Map<ConfigResource, KafkaFuture<Config>> futures = this.admin
			.describeConfigs(names.stream().map((name) -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList(),
					new DescribeConfigsOptions().timeoutMs(this.time.millis()))
			.values();
		Map<String, KafkaFuture<Map<String, ConfigValue>>> configs = new HashMap<>();
		futures.forEach((topic, future) -> {
			ValueOrigin origin = ValueOrigin.cluster("topic '" + topic.name() + "'");
			configs.put(topic.name(), future.thenApply((config) -> ClusterConversation.values(config,
					(entry) -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG, origin)));
		});
		return configs;
	}

	private static Reading<Set<AclOperation>> operations(TopicDescription topic) {
		Set<AclOperation> operations = topic.authorizedOperations();
		return (operations != null) ? Reading.of(operations) : Reading.unknown("the cluster did not tell");
	}

	/** Those that have a leader: of others no broker knows the offsets. */
	private static List<TopicPartition> partitions(Collection<TopicDescription> topics) {
		List<TopicPartition> partitions = new ArrayList<>();
		topics.forEach((topic) -> topic.partitions()
			.stream()
			.filter(TopicConversation::hasLeader)
			.forEach((partition) -> partitions.add(new TopicPartition(topic.name(), partition.partition()))));
		return partitions;
	}

	private static PartitionSetup partition(TopicPartitionInfo info, OffsetConversation.@Nullable Answer answer) {
		return new PartitionSetup(info.partition(), hasLeader(info) ? info.leader().id() : null,
				info.replicas().stream().map(Node::id).toList(), info.isr().stream().map(Node::id).toList(),
				(answer != null) ? answer.offsets() : Reading.unknown("the partition has no leader"),
				(answer != null) ? answer.byAge() : Map.of());
	}

	private static boolean hasLeader(TopicPartitionInfo partition) {
		return partition.leader() != null && !partition.leader().isEmpty();
	}

}
