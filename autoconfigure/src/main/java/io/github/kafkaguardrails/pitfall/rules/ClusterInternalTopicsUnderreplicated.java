package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;

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
 * Flags a cluster that keeps its own topics with fewer than three copies, outside
 * development; a cluster with fewer than three brokers is mentioned.
 *
 * <p>
 * Why it hurts: the cluster began with one broker and grew, and
 * {@code __consumer_offsets} kept its single copy. The disk of that broker dies, and
 * every group of the company starts from its reset policy.
 *
 * <p>
 * Wrong: {@code offsets.topic.replication.factor=1} when the cluster was set up. Right:
 * three replicas of {@code __consumer_offsets}, {@code __transaction_state} and
 * {@code __share_group_state}.
 *
 * <p>
 * Legitimate in development, where the rule is silent. Topics that the application may
 * not describe are not checked.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#brokerconfigs_offsets.topic.replication.factor">offsets.topic.replication.factor</a>
 */
@Pitfall(id = "cluster-internal-topics-underreplicated",
		title = "Offsets or transaction state can be lost with one broker", severity = Severity.WARNING,
		why = "Losing __consumer_offsets resets every group.",
		remedy = "three replicas for the internal topics (kafka-reassign-partitions.sh)", scope = PitfallScope.CLUSTER,
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ClusterInternalTopicsUnderreplicated implements PitfallRule {

	private static final int ENOUGH = 3;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.application().development() ? List.of()
				: setup.readableClusters()
					.stream()
					.map(ClusterInternalTopicsUnderreplicated::finding)
					.flatMap(Optional::stream)
					.toList();
	}

	private static Optional<Finding> finding(ClusterSetup cluster) {
		List<TopicSetup> topics = ListenerTopics.INTERNAL.stream()
			.sorted()
			.map(cluster::topic)
			.flatMap(Optional::stream)
			.toList();
		int brokers = cluster.brokers().size();
		if (brokers > 0 && brokers < ENOUGH && !topics.isEmpty()) {
			return Optional.of(Finding.of(cluster.subject(),
					"A cluster of fewer than three brokers cannot keep three copies of offsets and transaction state.")
				.withSeverity(Severity.INFO)
				.withEvidence(ClusterFacts.of(cluster, "brokers", brokers))
				.withFix(Fix.action("run three brokers, and give the internal topics three replicas")));
		}
		List<TopicSetup> weak = topics.stream()
			.filter((topic) -> topic.replicationFactor() > 0 && topic.replicationFactor() < ENOUGH)
			.toList();
		if (weak.isEmpty()) {
			return Optional.empty();
		}
		Finding finding = Finding.of(cluster.subject(),
				"The cluster's own topics have too few copies: with them go the committed offsets of every group, or the "
						+ "state of every transaction.");
		for (TopicSetup topic : weak) {
			finding = finding.withEvidence(topic.fact("replication factor", topic.replicationFactor()));
		}
		return Optional.of(finding.withFix(Fix.action("write 3 replicas for each partition of "
				+ String.join(", ", weak.stream().map(TopicSetup::name).toList()) + " into plan.json, then "
				+ ClusterCommands.run("kafka-reassign-partitions.sh", cluster,
						"--reassignment-json-file plan.json --execute"))));
	}

}
