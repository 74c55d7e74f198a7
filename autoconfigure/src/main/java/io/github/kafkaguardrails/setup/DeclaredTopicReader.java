package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
		Map<String, NewTopic> declared = beans.ofType(NewTopic.class);
		addAll(topics, declared, true);
		addAll(topics, declared, false);
		for (Map.Entry<String, NewTopics> entry : beans.ofType(NewTopics.class).entrySet()) {
			if (Fields.read(entry.getValue(), NewTopics.class, "newTopics") instanceof Collection<?> elements) {
				addAll(topics, entry.getKey(), elements);
			}
		}
		return new ArrayList<>(topics.values());
	}

	/** Either the topics of retries or those that a user declares. */
	private static void addAll(Map<String, DeclaredTopicSetup> topics, Map<String, NewTopic> declared,
			boolean ofRetries) {
		for (Map.Entry<String, NewTopic> entry : declared.entrySet()) {
			NewTopic topic = entry.getValue();
			if ((topic instanceof TopicForRetryable) == ofRetries) {
				topics.put(topic.name(), topic(entry.getKey(), topic));
			}
		}
	}

	private static void addAll(Map<String, DeclaredTopicSetup> topics, String bean, Collection<?> elements) {
		for (Object element : elements) {
			if (element instanceof NewTopic topic) {
				topics.put(topic.name(), topic(bean, topic));
			}
		}
	}

	private static DeclaredTopicSetup topic(String bean, NewTopic topic) {
		Map<String, String> configs = configs(topic);
		Map<Integer, List<Integer>> assignments = topic.replicasAssignments();
		if (assignments == null) {
			return new DeclaredTopicSetup(bean, topic.name(), topic.numPartitions(), topic.replicationFactor(),
					configs);
		}
		int replicas = assignments.values().stream().mapToInt(List::size).min().orElse(-1);
		return new DeclaredTopicSetup(bean, topic.name(), assignments.size(), replicas, configs);
	}

	private static Map<String, String> configs(NewTopic topic) {
		Map<String, String> configs = new HashMap<>();
		Map<String, String> declared = topic.configs();
		if (declared != null) {
			for (Map.Entry<String, String> entry : declared.entrySet()) {
				if (entry.getValue() != null) {
					configs.put(entry.getKey(), entry.getValue());
				}
			}
		}
		return configs;
	}

}
