package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.rules.UsedTopics.Use;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags replicated topics with {@code min.insync.replicas=1}, outside development:
 * warning when the application writes to them with {@code acks=all}, otherwise info.
 *
 * <p>
 * Why it hurts: a slow network takes both followers out of sync. The leader acknowledges
 * alone, its disk dies, a follower is elected, and records are gone that {@code acks=all}
 * was meant to keep.
 *
 * <p>
 * Wrong: three replicas and {@code min.insync.replicas=1}, the default. Right: three
 * replicas and {@code min.insync.replicas=2}.
 *
 * <p>
 * Legitimate for data that may be lost and must always be writable: waive it for the
 * topic.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#topicconfigs_min.insync.replicas">min.insync.replicas</a>
 */
@Pitfall(id = "topic-min-insync-replicas-too-low", title = "acks=all may mean one copy", severity = Severity.WARNING,
		why = "When followers fall out of sync the leader alone acknowledges; its loss loses acknowledged records.",
		remedy = "min.insync.replicas=2 for the topic", scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TopicMinInsyncReplicasTooLow implements PitfallRule {

	static final String KEY = "min.insync.replicas";

	private static final Set<String> WEAK_ACKS = Set.of("0", "1");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.application().development() ? List.of()
				: UsedTopics.of(setup).flatMap((topics) -> findings(setup, topics)).toList();
	}

	private static Stream<Finding> findings(KafkaSetup setup, UsedTopics topics) {
		List<TopicSetup> replicated = topics.existing()
			.stream()
			.filter((topic) -> topic.replicationFactor() > 1)
			.toList();
		Map<Boolean, List<TopicSetup>> weak = replicated.stream()
			.filter((topic) -> ClusterFacts.number(topic.setting(KEY)).orElse(0) == 1)
			.collect(Collectors.partitioningBy((topic) -> written(setup, topics, topic)));
		return Stream
			.of(TopicFindings.unreadable(replicated),
					findings(topics, weak.getOrDefault(true, List.of()), Severity.WARNING,
							"The application writes with acks=all, but when the followers fall out of sync the leader "
									+ "alone acknowledges: if it fails, acknowledged records are lost."),
					findings(topics, weak.getOrDefault(false, List.of()), Severity.INFO,
							"When the followers fall out of sync the leader alone acknowledges what others write: "
									+ "if it fails, records are lost that were acknowledged and perhaps consumed."))
			.flatMap((part) -> part);
	}

	private static Stream<Finding> findings(UsedTopics topics, List<TopicSetup> weak, Severity severity, String harm) {
		return TopicFindings.of(weak, severity, harm, (topic) -> topic.setting(KEY).stream().toList(),
				(names) -> ClusterCommands.configure(topics.cluster(), names, KEY + "=2"));
	}

	/** Whether the application certainly writes with {@code acks=all}. */
	private static boolean written(KafkaSetup setup, UsedTopics topics, TopicSetup topic) {
		List<ProducerSetup> producers = setup.producers()
			.stream()
			.filter((producer) -> setup.cluster(producer.config()).filter(topics.cluster()::equals).isPresent())
			.toList();
		boolean byDefault = producers.stream()
			.filter((producer) -> producer.defaultTopics()
				.stream()
				.map(ConfigValue::text)
				.anyMatch(topic.name()::equals))
			.anyMatch(TopicMinInsyncReplicasTooLow::allAcks);
		return byDefault || (topics.uses(topic.name(), Use.RETRY, Use.DEAD_LETTER)
				&& producers.stream().allMatch(TopicMinInsyncReplicasTooLow::allAcks));
	}

	private static boolean allAcks(ProducerSetup producer) {
		return !WEAK_ACKS.contains(producer.config().string("acks"));
	}

}
