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
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags a cluster that creates any topic that somebody mentions, outside development.
 *
 * <p>
 * Why it hurts: a producer is deployed with a typo in the topic name. The broker creates
 * the topic with one partition and one copy; nobody reads it, and nobody gets an error
 * until the missing orders are noticed.
 *
 * <p>
 * Wrong: {@code auto.create.topics.enable=true}, the broker's default. Right:
 * {@code auto.create.topics.enable=false} and topics that are created on purpose.
 *
 * <p>
 * Legitimate in development, where the rule is silent, and on managed services that do
 * not let it be changed: set the rule to {@code info}.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#brokerconfigs_auto.create.topics.enable">auto.create.topics.enable</a>
 */
@Pitfall(id = "topic-auto-creation-enabled", title = "The cluster creates any topic that is mentioned",
		severity = Severity.WARNING,
		why = "Typos become topics, with the number of partitions and copies that the broker has as its default.",
		remedy = "auto.create.topics.enable=false on the brokers", scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TopicAutoCreationEnabled implements PitfallRule {

	static final String KEY = "auto.create.topics.enable";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		return setup.readableClusters()
			.stream()
			.map(TopicAutoCreationEnabled::finding)
			.flatMap(Optional::stream)
			.toList();
	}

	private static Optional<Finding> finding(ClusterSetup cluster) {
		if (cluster.brokerConfig().problem() != null) {
			return Optional.of(Finding.unknown(cluster.subject(),
					"The configuration of the brokers could not be read (" + cluster.brokerConfig().problem() + ")."));
		}
		return cluster.brokerSetting(KEY).filter((value) -> ClusterFacts.flag(Optional.of(value))).map((value) -> {
			Finding finding = Finding
				.of(cluster.subject(),
						"A typo in a name becomes a topic with as few partitions and copies as the broker's "
								+ "defaults say. Nobody gets an error: records go where nobody looks.")
				.withEvidence(value)
				.withFix(Fix.action("set auto.create.topics.enable=false in the configuration of the brokers"));
			for (ConfigValue given : defaults(cluster)) {
				finding = finding.withEvidence(given);
			}
			return finding;
		});
	}

	/** What an automatically created topic gets. */
	private static List<ConfigValue> defaults(ClusterSetup cluster) {
		return List.of("num.partitions", "default.replication.factor")
			.stream()
			.map(cluster::brokerSetting)
			.flatMap(Optional::stream)
			.toList();
	}

}
