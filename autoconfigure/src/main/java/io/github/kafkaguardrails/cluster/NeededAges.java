package io.github.kafkaguardrails.cluster;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.common.TopicPartition;

import io.github.kafkaguardrails.cluster.ClusterQuestions.GroupQuestion;
import io.github.kafkaguardrails.setup.GroupSetup;

/**
 * Tells for which partitions somebody needs to know how old the records are: those for
 * which a group that subscribes to them has committed nothing.
 *
 * @param questions what is asked about the groups, by id
 * @param groups the groups, by id
 */
record NeededAges(Map<String, GroupQuestion> questions, Map<String, GroupSetup> groups) {

	Set<Duration> of(TopicPartition partition) {
		Set<Duration> ages = new HashSet<>();
		this.questions.forEach((id, question) -> {
			GroupSetup group = this.groups.get(id);
			if (group != null && question.topics().contains(partition.topic()) && lacks(group, partition)) {
				ages.addAll(question.ages());
			}
		});
		return ages;
	}

	private static boolean lacks(GroupSetup group, TopicPartition partition) {
		return group.committed()
			.known()
			.map((topics) -> !topics.getOrDefault(partition.topic(), Map.of()).containsKey(partition.partition()))
			.orElse(false);
	}

}
