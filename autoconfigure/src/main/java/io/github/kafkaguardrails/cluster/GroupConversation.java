package io.github.kafkaguardrails.cluster;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

import io.github.kafkaguardrails.setup.GroupSetup;

/**
 * Asks a cluster about consumer groups.
 */
final class GroupConversation {

	private final Admin admin;

	private final TimeBox time;

	private final ClusterConversation.Operations operations;

	GroupConversation(Admin admin, TimeBox time, ClusterConversation.Operations operations) {
		this.admin = admin;
		this.time = time;
		this.operations = operations;
	}

	Map<String, GroupSetup> read(Collection<String> ids) throws InterruptedException {
		if (ids.isEmpty()) {
			return Map.of();
		}
		ListConsumerGroupOffsetsResult offsets = this.admin.listConsumerGroupOffsets(
				ids.stream().collect(Collectors.toMap(Function.identity(), (id) -> new ListConsumerGroupOffsetsSpec())),
				new ListConsumerGroupOffsetsOptions().timeoutMs(this.time.millis()));
		Map<String, KafkaFuture<ConsumerGroupDescription>> descriptions = this.admin
			.describeConsumerGroups(ids,
					new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true).timeoutMs(this.time.millis()))
			.describedGroups();
		Map<String, GroupSetup> groups = new HashMap<>();
		for (Map.Entry<String, KafkaFuture<ConsumerGroupDescription>> description : descriptions.entrySet()) {
			String id = description.getKey();
			KafkaFuture<Map<String, Map<Integer, Long>>> committed = offsets.partitionsToOffsetAndMetadata(id)
				.thenApply(GroupConversation::byTopic);
			KafkaFuture<Set<AclOperation>> allowed = description.getValue()
				.thenApply(ConsumerGroupDescription::authorizedOperations);
			groups.put(id,
					new GroupSetup(id, this.time.reading(committed), this.operations.of(this.time.reading(allowed))));
		}
		return groups;
	}

	private static Map<String, Map<Integer, Long>> byTopic(Map<TopicPartition, OffsetAndMetadata> offsets) {
		Map<String, Map<Integer, Long>> topics = new TreeMap<>();
		offsets.forEach((partition, offset) -> {
			if (offset != null) {
				topics.computeIfAbsent(partition.topic(), (topic) -> new TreeMap<>())
					.put(partition.partition(), offset.offset());
			}
		});
		return topics;
	}

}
