package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.PartitionSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags partitions of used topics that have no leader or too few replicas in sync, and
 * mentions those that have fewer in sync than they have.
 *
 * <p>
 * Why it hurts: sends fail with {@code NotEnoughReplicasException} or time out, and the
 * application's log looks as if the application were broken. Partitions that are only
 * under-replicated are one failure away from that.
 *
 * <p>
 * Wrong: a broker that has been down since the last upgrade. Right: every partition with
 * a leader and all replicas in sync.
 *
 * <p>
 * Legitimate during a rolling restart of the brokers: each reading shows one moment, so
 * that under-replicated partitions are only mentioned.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#replication">Replication</a>
 */
@Pitfall(id = "topic-unhealthy-partitions",
		title = "Partitions are offline, below min.insync.replicas or under-replicated", severity = Severity.WARNING,
		why = "Writes are refused, or one failure away from loss.",
		remedy = "bring the brokers back that hold the missing replicas", scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TopicUnhealthyPartitions implements PitfallRule {

	private static final int SHOWN = 10;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return UsedTopics.of(setup).flatMap(TopicUnhealthyPartitions::findings).toList();
	}

	private static Stream<Finding> findings(UsedTopics topics) {
		return Stream
			.of(finding(topics, (topic, partition) -> partition.leader() == null, Severity.WARNING,
					"These partitions have no leader: nothing can be written to them or read from them."),
					finding(topics, (topic, partition) -> partition.leader() != null && tooFew(topic, partition),
							Severity.WARNING,
							"Fewer replicas are in sync than min.insync.replicas asks for: sends with acks=all fail."),
					finding(topics,
							(topic, partition) -> partition.leader() != null && !tooFew(topic, partition)
									&& partition.inSync().size() < partition.replicas().size(),
							Severity.INFO,
							"Not all replicas are in sync. During a rolling restart that is normal; if it lasts, the "
									+ "next failure stops writes or loses records."))
			.flatMap(Optional::stream);
	}

	/** Brokers since 3.7 never ask for more than there are. */
	private static boolean tooFew(TopicSetup topic, PartitionSetup partition) {
		long wanted = ClusterFacts.number(topic.setting(TopicMinInsyncReplicasTooLow.KEY)).orElse(1);
		return partition.inSync().size() < Math.min(wanted, partition.replicas().size());
	}

	private static Optional<Finding> finding(UsedTopics topics, BiPredicate<TopicSetup, PartitionSetup> unhealthy,
			Severity severity, String harm) {
		Map<TopicSetup, List<PartitionSetup>> affected = new TreeMap<>(
				(left, right) -> left.name().compareTo(right.name()));
		for (TopicSetup topic : topics.existing()) {
			List<PartitionSetup> partitions = topic.partitions()
				.stream()
				.filter((partition) -> unhealthy.test(topic, partition))
				.toList();
			if (!partitions.isEmpty()) {
				affected.put(topic, partitions);
			}
		}
		if (affected.isEmpty()) {
			return Optional.empty();
		}
		Finding finding = Finding.of(topics.cluster().subject(), harm).withSeverity(severity);
		for (Map.Entry<TopicSetup, List<PartitionSetup>> entry : affected.entrySet().stream().limit(SHOWN).toList()) {
			finding = finding.withEvidence(entry.getKey().fact("partitions", numbers(entry.getValue())));
		}
		if (affected.size() > SHOWN) {
			finding = finding.withEvidence(ClusterFacts.of(topics.cluster(), "more topics", affected.size() - SHOWN));
		}
		String brokers = affected.values()
			.stream()
			.flatMap(List::stream)
			.flatMap((partition) -> partition.replicas().stream().filter((id) -> !partition.inSync().contains(id)))
			.distinct()
			.sorted()
			.map(String::valueOf)
			.collect(Collectors.joining(", "));
		return Optional.of(finding.withFix(Fix.action(brokers.isEmpty() ? "let the operators of the cluster look at it"
				: "look at the brokers whose replicas are not in sync: " + brokers)));
	}

	private static String numbers(List<PartitionSetup> partitions) {
		return partitions.stream()
			.map((partition) -> String.valueOf(partition.number()))
			.collect(Collectors.joining(", "));
	}

}
