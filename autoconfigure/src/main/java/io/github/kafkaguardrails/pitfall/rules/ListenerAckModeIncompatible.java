package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.PropertySetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags manual ack modes of consumers that commit automatically, and the ack mode
 * {@code RECORD} of batch listeners (errors); any other ack mode that somebody chose for
 * consumers that commit automatically, and {@code ack-count} and {@code ack-time} that no
 * container uses (warnings).
 *
 * <p>
 * Why it hurts: a service is moved to batches with {@code ack-mode: record} left in the
 * file. The container throws an {@code IllegalStateException} at start-up. Or an
 * {@code ack-count} of 100 was meant to lower the load, and nothing changes, because the
 * mode is {@code batch}.
 *
 * <p>
 * Wrong: {@code spring.kafka.consumer.enable-auto-commit: true} with
 * {@code spring.kafka.listener.ack-mode: manual}. Right:
 * {@code enable-auto-commit: false}, which is Spring's default.
 *
 * <p>
 * Legitimate: never.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/receiving-messages/message-listener-container.html#committing-offsets">Committing
 * offsets</a>
 */
@Pitfall(id = "listener-ack-mode-incompatible", title = "The ack mode contradicts the container",
		severity = Severity.ERROR, why = "The container refuses to start, or the setting has no effect.",
		remedy = "spring.kafka.consumer.enable-auto-commit: false", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ListenerAckModeIncompatible implements StartupPitfallRule {

	private static final String ACK_MODE = "spring.kafka.listener.ack-mode";

	private static final String AUTO_COMMIT = "enable.auto.commit";

	/** The modes that use a property. */
	private static final Map<String, Set<String>> USERS = Map.of("spring.kafka.listener.ack-count",
			Set.of("COUNT", "COUNT_TIME"), "spring.kafka.listener.ack-time", Set.of("TIME", "COUNT_TIME"));

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<ListenerSetup> listeners = ConsumingListeners.list(setup);
		PropertySetup properties = setup.application().properties();
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : listeners) {
			if (listener.container().type() == ContainerSetup.Type.BATCH && mode(listener).equals("RECORD")) {
				findings.add(recordModeOfBatches(listener));
			}
			else if (listener.consumer().flag(AUTO_COMMIT)
					&& (listener.container().manualAck() || chosen(listener, properties))) {
				findings.add(committedAutomatically(listener));
			}
		}
		if (!listeners.isEmpty()) {
			findings.addAll(unusedProperties(modes(listeners), properties));
		}
		return findings;
	}

	private static Set<String> modes(List<ListenerSetup> listeners) {
		Set<String> modes = new HashSet<>();
		for (ListenerSetup listener : listeners) {
			modes.add(mode(listener));
		}
		return modes;
	}

	private static List<Finding> unusedProperties(Set<String> modes, PropertySetup properties) {
		List<Finding> findings = new ArrayList<>();
		for (Map.Entry<String, Set<String>> users : new TreeMap<>(USERS).entrySet()) {
			List<ConfigValue> values = properties.find(users.getKey());
			if (!values.isEmpty() && Collections.disjoint(users.getValue(), modes)) {
				findings.add(unused(values.get(0)));
			}
		}
		return findings;
	}

	private static String mode(ListenerSetup listener) {
		return listener.container().ackMode();
	}

	private static boolean chosen(ListenerSetup listener, PropertySetup properties) {
		return !mode(listener).equals("BATCH") || !listener.container().bootValues().containsKey(ACK_MODE)
				|| !properties.find(ACK_MODE).isEmpty();
	}

	private static Finding recordModeOfBatches(ListenerSetup listener) {
		return Finding
			.of(listener.subject(), "The container refuses to start: a batch listener cannot commit after each record.")
			.withEvidence(listener.fact("ack mode", mode(listener)))
			.withEvidence(listener.fact("type", "BATCH"))
			.withFix(Fix.set(ACK_MODE, "batch"));
	}

	private static Finding committedAutomatically(ListenerSetup listener) {
		boolean manual = listener.container().manualAck();
		ConfigValue autoCommit = listener.consumer().get(AUTO_COMMIT);
		Finding finding = Finding
			.of(listener.subject(),
					manual ? "The container refuses to start: it cannot acknowledge what the client commits on its own."
							: "The ack mode has no effect: the client commits on its own, every few seconds.")
			.withSeverity(manual ? Severity.ERROR : Severity.WARNING)
			.withEvidence(listener.fact("ack mode", mode(listener)))
			.withEvidence(autoCommit);
		return Remedy.set(finding, autoCommit, "spring.kafka.consumer.enable-auto-commit", false);
	}

	private static Finding unused(ConfigValue property) {
		return Finding.of(Subject.APPLICATION, "No container has an ack mode that uses this property.")
			.withSeverity(Severity.WARNING)
			.withEvidence(property)
			.withFix(Fix.delete(property.key()));
	}

}
