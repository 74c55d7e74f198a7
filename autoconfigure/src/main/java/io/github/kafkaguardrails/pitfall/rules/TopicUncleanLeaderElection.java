package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags topics with {@code unclean.leader.election.enable=true}.
 *
 * <p>
 * Why it hurts: the leader fails while its followers are behind, one of them is elected,
 * and what it had not fetched yet is truncated everywhere: acknowledged records are gone,
 * and consumers see offsets go back.
 *
 * <p>
 * Wrong: {@code unclean.leader.election.enable=true}. Right: no such line, the default is
 * {@code false}.
 *
 * <p>
 * Legitimate for telemetry that must always be writable: waive it for the topic.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#topicconfigs_unclean.leader.election.enable">unclean.leader.election.enable</a>
 */
@Pitfall(id = "topic-unclean-leader-election", title = "An out-of-sync replica may become leader",
		severity = Severity.WARNING, why = "Acknowledged records are truncated, and consumers see offsets go back.",
		remedy = "delete unclean.leader.election.enable", scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TopicUncleanLeaderElection implements PitfallRule {

	private static final String KEY = "unclean.leader.election.enable";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return UsedTopics.of(setup).flatMap(TopicUncleanLeaderElection::findings).toList();
	}

	private static Stream<Finding> findings(UsedTopics topics) {
		List<TopicSetup> existing = topics.existing();
		Map<Boolean, List<TopicSetup>> unclean = existing.stream()
			.filter((topic) -> ClusterFacts.flag(topic.setting(KEY)))
			.collect(
					Collectors.partitioningBy((topic) -> topic.setting(KEY).filter(ConfigValue::explicit).isPresent()));
		return Stream
			.of(TopicFindings.unreadable(existing), findings(topics, unclean.getOrDefault(true, List.of()), true),
					findings(topics, unclean.getOrDefault(false, List.of()), false))
			.flatMap((part) -> part);
	}

	private static Stream<Finding> findings(UsedTopics topics, List<TopicSetup> unclean, boolean explicit) {
		return TopicFindings.of(unclean, Severity.WARNING,
				"When the leader fails a replica that is behind may take over: what it had not fetched is truncated, "
						+ "acknowledged or not, and consumers see offsets go back.",
				(topic) -> topic.setting(KEY).stream().toList(),
				(names) -> explicit ? ClusterCommands.deleteConfig(topics.cluster(), names, KEY)
						: ClusterCommands.configure(topics.cluster(), names, KEY + "=false"));
	}

}
