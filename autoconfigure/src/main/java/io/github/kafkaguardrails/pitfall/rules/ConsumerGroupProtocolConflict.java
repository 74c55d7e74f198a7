package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags settings of one rebalance protocol that are used with the other.
 *
 * <p>
 * Why it hurts: a team switches to the new protocol and leaves {@code heartbeat-interval}
 * in a shared file. The client throws a {@code ConfigException}, and no container starts;
 * the Spring reference only promises a warning.
 *
 * <p>
 * Wrong: {@code group.protocol: consumer} with {@code session.timeout.ms: 45000}. Right:
 * {@code group.protocol: consumer} alone; session and heartbeat are settings of the group
 * on the broker.
 *
 * <p>
 * Legitimate: never.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_group.protocol">group.protocol</a>
 */
@Pitfall(id = "consumer-group-protocol-conflict", title = "Settings of one rebalance protocol are used with the other",
		severity = Severity.ERROR, why = "The client throws a ConfigException: the container cannot start.",
		remedy = "delete the keys of the other protocol; with group.protocol=consumer they are group settings on the broker",
		since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ConsumerGroupProtocolConflict implements StartupPitfallRule {

	private static final Map<String, String> GROUP_SETTINGS = Map.of("session.timeout.ms",
			"consumer.session.timeout.ms", "heartbeat.interval.ms", "consumer.heartbeat.interval.ms");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : ConsumingListeners.list(setup)) {
			if (!GroupProtocolConflicts.of(listener.consumer()).isEmpty()) {
				findings.add(finding(listener));
			}
		}
		return findings;
	}

	private static Finding finding(ListenerSetup listener) {
		ClientConfig config = listener.consumer();
		List<ConfigValue> conflicts = GroupProtocolConflicts.of(config);
		String protocol = GroupProtocolConflicts.consumer(config) ? "consumer" : "classic";
		Finding finding = Finding.of(listener.subject(), "The client refuses these keys together with group.protocol="
				+ protocol + ": the container cannot start.");
		for (ConfigValue conflict : conflicts) {
			finding = finding.withEvidence(conflict).withFix(Remedy.delete(conflict));
		}
		finding = finding.withEvidence(config.get("group.protocol"));
		if (GroupProtocolConflicts.classic(config)) {
			return GroupProtocolConflicts.readyForConsumerProtocol(config)
					? finding.withFix(Fix.set("spring.kafka.consumer.properties.group.protocol", "consumer")) : finding;
		}
		String settings = conflicts.stream()
			.filter((conflict) -> GROUP_SETTINGS.containsKey(conflict.key()))
			.map((conflict) -> GROUP_SETTINGS.get(conflict.key()) + "=" + conflict.text())
			.collect(Collectors.joining(","));
		return settings.isEmpty() ? finding : finding.withFix(groupSettings(settings));
	}

	/** Names no group, so that listeners of several groups share a finding. */
	private static Fix groupSettings(String settings) {
		return Fix.action("kafka-configs.sh --bootstrap-server <broker> --alter --entity-type groups --entity-name"
				+ " <group> --add-config " + settings);
	}

}
