package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Mentions once that subscribing may create topics, outside development; warns when the
 * broker is known to allow it.
 *
 * <p>
 * Why it hurts: a typo in a topic name creates an empty topic with one partition and one
 * replica. The listener reads nothing, without an error, and the records pile up where
 * nobody looks.
 *
 * <p>
 * Wrong: nothing set, {@code true} is the client's default. Right:
 * {@code spring.kafka.consumer.properties.allow.auto.create.topics: false}.
 *
 * <p>
 * Legitimate in development, where the rule is silent, and where the application relies
 * on it. A pattern never creates a topic. Once the cluster is known, the rule warns if
 * the broker creates topics, and is silent if it does not.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_allow.auto.create.topics">allow.auto.create.topics</a>
 */
@Pitfall(id = "consumer-allow-auto-create-topics", title = "Subscribing may create a topic",
		severity = Severity.WARNING,
		why = "A typo creates an empty topic with one partition and one replica; the listener reads nothing.",
		remedy = "spring.kafka.consumer.properties.allow.auto.create.topics: false", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerAllowAutoCreateTopics implements PitfallRule {

	private static final String KEY = "allow.auto.create.topics";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		List<ClientConfig> consumers = ConsumingListeners.of(setup)
			.filter((listener) -> listener.subscription().pattern() == null)
			.map(ListenerSetup::consumer)
			.filter((config) -> config.flag(KEY))
			.filter((config) -> brokers(setup, config).map((value) -> ClusterFacts.flag(Optional.of(value)))
				.orElse(true))
			.toList();
		return consumers.isEmpty() ? List.of() : List.of(finding(setup, consumers));
	}

	/** What the brokers do about it, if that is known. */
	private static Optional<ConfigValue> brokers(KafkaSetup setup, ClientConfig consumer) {
		return setup.cluster(consumer).flatMap((cluster) -> cluster.brokerSetting(TopicAutoCreationEnabled.KEY));
	}

	private static Finding finding(KafkaSetup setup, List<ClientConfig> consumers) {
		List<ConfigValue> brokers = consumers.stream()
			.flatMap((consumer) -> brokers(setup, consumer).stream())
			.distinct()
			.toList();
		String listeners = (consumers.size() == 1) ? "One listener lets" : consumers.size() + " listeners let";
		Finding finding = Finding
			.of(Subject.APPLICATION,
					listeners + " the broker create the topic they subscribe to"
							+ (brokers.isEmpty() ? ", if it allows that: with a " : ", and it does: with a ")
							+ "typo in the name they read an empty topic, without an error.")
			.withSeverity(brokers.isEmpty() ? Severity.INFO : Severity.WARNING);
		List<ConfigValue> values = consumers.stream().map((consumer) -> consumer.get(KEY)).distinct().toList();
		for (ConfigValue value : values) {
			finding = finding.withEvidence(value);
		}
		for (ConfigValue value : brokers) {
			finding = finding.withEvidence(value);
		}
		for (Fix fix : values.stream().map(ConsumerAllowAutoCreateTopics::fix).distinct().toList()) {
			finding = finding.withFix(fix);
		}
		return finding;
	}

	private static Fix fix(ConfigValue value) {
		return value.explicit() ? Remedy.change(value, false)
				: Fix.set("spring.kafka.consumer.properties." + KEY, false);
	}

}
