package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;
import org.springframework.kafka.support.TopicForRetryable;

/**
 * Describes the topics that beans declare. Of two declarations of one topic the one
 * counts that {@link KafkaAdmin} heeds: what a user declares hides what a retry topic
 * would be, a later bean hides an earlier one.
 */
final class DeclaredTopicReader {

	private DeclaredTopicReader() {
	}

	static List<DeclaredTopicSetup> read(ExistingBeans beans) {
		Map<String, DeclaredTopicSetup> topics = new LinkedHashMap<>();
		Map<String, NewTopic> declared = new LinkedHashMap<>(beans.ofType(NewTopic.class));
		declared.forEach((bean, topic) -> {
			if (topic instanceof TopicForRetryable) {
				topics.put(topic.name(), topic(bean, topic));
			}
		});
		declared.forEach((bean, topic) -> {
			if (!(topic instanceof TopicForRetryable)) {
				topics.put(topic.name(), topic(bean, topic));
			}
		});
		beans.ofType(NewTopics.class).forEach((bean, several) -> {
			if (Fields.read(several, NewTopics.class, "newTopics") instanceof Collection<?> elements) {
				elements.stream()
					.filter(NewTopic.class::isInstance)
					.map(NewTopic.class::cast)
					.forEach((topic) -> topics.put(topic.name(), topic(bean, topic)));
			}
		});
		return new ArrayList<>(topics.values());
	}

	private static DeclaredTopicSetup topic(String bean, NewTopic topic) {
		Map<String, String> configs = new HashMap<>();
		Optional.ofNullable(topic.configs()).orElse(Map.of()).forEach((key, value) -> {
			if (value != null) {
				configs.put(key, value);
			}
		});
		Map<Integer, List<Integer>> assignments = topic.replicasAssignments();
		if (assignments == null) {
			return new DeclaredTopicSetup(bean, topic.name(), topic.numPartitions(), topic.replicationFactor(),
					configs);
		}
		int replicas = assignments.values().stream().mapToInt(List::size).min().orElse(-1);
		return new DeclaredTopicSetup(bean, topic.name(), assignments.size(), replicas, configs);
	}

}
