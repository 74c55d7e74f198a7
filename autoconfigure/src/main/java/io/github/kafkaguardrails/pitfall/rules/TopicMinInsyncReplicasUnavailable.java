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
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags topics whose {@code min.insync.replicas} leaves no replica to spare, or asks for
 * more than there are.
 *
 * <p>
 * Why it hurts: every copy has to be in sync for a write with {@code acks=all}. One
 * broker restarts for an upgrade, and each send to the topic fails with
 * {@code NotEnoughReplicasException} until it is back. Asking for more than there are,
 * brokers before 3.7 refuse every such write, and later ones silently take fewer.
 *
 * <p>
 * Wrong: three replicas and {@code min.insync.replicas=3}. Right: three replicas and
 * {@code min.insync.replicas=2}.
 *
 * <p>
 * Legitimate where writing with fewer copies is worse than not writing: waive it for the
 * topic.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#topicconfigs_min.insync.replicas">min.insync.replicas</a>
 */
@Pitfall(id = "topic-min-insync-replicas-unavailable", title = "One broker restart makes the topic read-only",
		severity = Severity.WARNING,
		why = "While one broker is down no write with acks=all is accepted, or the setting does not hold at all.",
		remedy = "three replicas and min.insync.replicas=2", scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TopicMinInsyncReplicasUnavailable implements PitfallRule {

	private static final String KEY = TopicMinInsyncReplicasTooLow.KEY;

	private static final int ENOUGH = 3;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return UsedTopics.of(setup).flatMap(TopicMinInsyncReplicasUnavailable::findings).toList();
	}

	private static Stream<Finding> findings(UsedTopics topics) {
		List<TopicSetup> existing = topics.existing();
		List<TopicSetup> equal = existing.stream()
			.filter((topic) -> topic.replicationFactor() > 1 && inSync(topic) == topic.replicationFactor())
			.toList();
		List<TopicSetup> greater = existing.stream()
			.filter((topic) -> topic.replicationFactor() > 0 && inSync(topic) > topic.replicationFactor())
			.toList();
		return Stream
			.of(TopicFindings.unreadable(existing),
					findings(topics, equal,
							"Every copy must be in sync: while any one broker is down, sends with acks=all fail "
									+ "with NotEnoughReplicasException."),
					findings(topics, greater,
							"The topic has fewer copies than must be in sync: brokers before 3.7 refuse every send "
									+ "with acks=all, later ones silently accept it with fewer copies."))
			.flatMap((part) -> part);
	}

	private static Stream<Finding> findings(UsedTopics topics, List<TopicSetup> weak, String harm) {
		return TopicFindings.of(weak, Severity.WARNING, harm,
				(topic) -> Stream
					.concat(topic.setting(KEY).stream(),
							Stream
								.of(ClusterFacts.of(topics.cluster(), "replication factor", topic.replicationFactor())))
					.toList(),
				(names) -> fix(topics, weak, names));
	}

	private static Fix fix(UsedTopics topics, List<TopicSetup> weak, List<String> names) {
		int replicas = weak.stream()
			.filter((topic) -> names.contains(topic.name()))
			.mapToInt(TopicSetup::replicationFactor)
			.min()
			.orElse(ENOUGH);
		return (replicas >= ENOUGH) ? ClusterCommands.configure(topics.cluster(), names, KEY + "=" + (replicas - 1))
				: Fix.action("give each partition of " + String.join(", ", names)
						+ " three replicas (kafka-reassign-partitions.sh), and " + KEY + "=2");
	}

	private static long inSync(TopicSetup topic) {
		return ClusterFacts.number(topic.setting(KEY)).orElse(0);
	}

}
