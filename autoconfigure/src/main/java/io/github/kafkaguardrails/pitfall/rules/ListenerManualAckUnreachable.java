package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners with manual acknowledgement whose methods have no means to acknowledge:
 * no {@code Acknowledgment}, no {@code Consumer}, no headers that hold one, and no
 * asynchronous result. {@code async-acks: true} makes acknowledgement manual, too. A
 * class-level listener is flagged when none of its methods can acknowledge.
 *
 * <p>
 * Why it hurts: no offset is ever committed. The lag never falls, and the restart of the
 * next deployment books every order of the topic again.
 *
 * <p>
 * Wrong: {@code ack-mode: manual} with {@code void handle(Order order)}. Right:
 * {@code ack-mode: batch}, or {@code void handle(Order order, Acknowledgment ack)} that
 * calls {@code ack.acknowledge()}.
 *
 * <p>
 * Legitimate when every start is meant to read the whole topic, and a group is needed
 * only for the assignment: waive it for that listener. Containers without a group and
 * transactional containers are not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/receiving-messages/message-listener-container.html#committing-offsets">Committing
 * offsets</a>
 */
@Pitfall(id = "listener-manual-ack-unreachable",
		title = "Manual acknowledgement is configured but nothing can acknowledge", severity = Severity.ERROR,
		why = "No offset is ever committed: every restart or rebalance processes the whole topic again.",
		remedy = "spring.kafka.listener.ack-mode: batch", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ListenerManualAckUnreachable implements StartupPitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : setup.mainListeners()) {
			if (commitsOnlyWhenAcknowledged(listener) && !listener.methods().isEmpty()
					&& listener.methods().stream().noneMatch(ListenerManualAckUnreachable::canAcknowledge)) {
				findings.add(finding(listener));
			}
		}
		return findings;
	}

	private static boolean commitsOnlyWhenAcknowledged(ListenerSetup listener) {
		ContainerSetup container = listener.container();
		return container.type() != ContainerSetup.Type.SHARE && listener.groupId() != null && !container.transactional()
				&& (container.manualAck() || container.asyncAcks());
	}

	private static boolean canAcknowledge(ListenerMethod method) {
		return method.acknowledgment() != ListenerMethod.AcknowledgmentParameter.NONE || method.consumerParameter()
				|| method.returnKind() == ListenerMethod.ReturnKind.ASYNCHRONOUS;
	}

	private static Finding finding(ListenerSetup listener) {
		ContainerSetup container = listener.container();
		Finding finding = Finding.of(listener.subject(),
				"No offset is ever committed: the lag never falls, and every restart or rebalance processes the whole topic again.");
		if (container.manualAck()) {
			finding = finding.withEvidence(listener.fact("ack mode", container.ackMode()))
				.withFix(Fix.set("spring.kafka.listener.ack-mode", "batch"));
		}
		if (container.asyncAcks()) {
			finding = finding.withEvidence(listener.fact("async acks", true))
				.withFix(Fix.set("spring.kafka.listener.async-acks", false));
		}
		return finding.withFix(Fix.action("add an Acknowledgment parameter to the method and call acknowledge()"));
	}

}
