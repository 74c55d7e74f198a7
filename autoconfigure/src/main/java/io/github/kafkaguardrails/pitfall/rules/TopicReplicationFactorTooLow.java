package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags topics with fewer copies than three, or than the cluster has brokers, outside
 * development; a cluster of one broker is mentioned once.
 *
 * <p>
 * Why it hurts: with one copy the data is gone with the disk. With two there is no margin
 * during maintenance: one broker is down for an upgrade, the second fails, and the topic
 * is offline or its last records are lost.
 *
 * <p>
 * Wrong: {@code kafka-topics.sh --create ... --replication-factor 1}. Right:
 * {@code --replication-factor 3} with {@code min.insync.replicas=2}.
 *
 * <p>
 * Legitimate for data that can be produced again: waive it for the topic.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#replication">Replication</a>
 */
@Pitfall(id = "topic-replication-factor-too-low", title = "Losing one or two brokers loses the topic",
		severity = Severity.WARNING,
		why = "With one copy the data is gone with the disk; with two there is no margin during maintenance.",
		remedy = "three replicas for each partition (kafka-reassign-partitions.sh)", scope = PitfallScope.CLUSTER,
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TopicReplicationFactorTooLow implements PitfallRule {

	private static final int ENOUGH = 3;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.application().development() ? List.of()
				: UsedTopics.of(setup).flatMap(TopicReplicationFactorTooLow::findings).toList();
	}

	private static Stream<Finding> findings(UsedTopics topics) {
		ClusterSetup cluster = topics.cluster();
		int brokers = cluster.brokers().size();
		if (brokers == 1 && !topics.existing().isEmpty()) {
			return Stream
				.of(Finding.of(cluster.subject(), "The cluster has one broker: each topic is gone with its disk.")
					.withSeverity(Severity.INFO)
					.withEvidence(ClusterFacts.of(cluster, "brokers", brokers))
					.withFix(Fix.action("run three brokers, and give each topic three replicas")));
		}
		int wanted = Math.min(ENOUGH, brokers);
		List<TopicSetup> weak = topics.existing()
			.stream()
			.filter((topic) -> topic.replicationFactor() > 0 && topic.replicationFactor() < wanted)
			.toList();
		return TopicFindings.of(weak, Severity.WARNING, "The cluster has " + brokers
				+ " brokers, but a partition has fewer copies than it could have: "
				+ "with one copy its data is gone with the disk, with two there is no margin during maintenance.",
				(topic) -> List.of(ClusterFacts.of(cluster, "replication factor", topic.replicationFactor())),
				(names) -> fix(cluster, names, wanted));
	}

	private static Fix fix(ClusterSetup cluster, List<String> topics, int replicas) {
		return Fix.action("write " + replicas + " replicas for each partition of " + String.join(", ", topics)
				+ " into plan.json, then " + ClusterCommands.run("kafka-reassign-partitions.sh", cluster,
						"--reassignment-json-file plan.json --execute"));
	}

}
