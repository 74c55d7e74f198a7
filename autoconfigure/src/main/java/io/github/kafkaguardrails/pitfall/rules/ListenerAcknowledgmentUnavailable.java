package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerMethod.AcknowledgmentParameter;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listener methods with an {@code Acknowledgment} parameter whose container does
 * not acknowledge manually. In a share group every {@code ShareAcknowledgment} parameter
 * is flagged while the mode is {@code EXPLICIT}, the default, or {@code IMPLICIT}.
 *
 * <p>
 * Why it hurts: the argument cannot be resolved, every record fails before the method is
 * called, and a topic of a million orders ends as a million failures. When the parameter
 * is declared to be never {@code null}, Spring passes one that does nothing, and the code
 * only believes that it decides what is committed.
 *
 * <p>
 * Wrong: {@code void handle(Order order, Acknowledgment ack)} with the default
 * {@code ack-mode: batch}. Right: {@code spring.kafka.listener.ack-mode: manual}, or the
 * method without the parameter.
 *
 * <p>
 * Legitimate for a method that is shared by containers of both modes and declares the
 * parameter as never {@code null}: waive it for the listener that does not acknowledge.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/receiving-messages/listener-annotation.html#manual-acknowledgment">Manual
 * acknowledgment</a>
 */
@Pitfall(id = "listener-acknowledgment-unavailable",
		title = "The method asks for an Acknowledgment that the container does not provide", severity = Severity.ERROR,
		why = "The argument cannot be resolved: every record fails before the listener method is called.",
		remedy = "spring.kafka.listener.ack-mode: manual", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ListenerAcknowledgmentUnavailable implements StartupPitfallRule {

	private static final Set<String> SHARE_MODES_WITHOUT = Set.of("EXPLICIT", "IMPLICIT");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : setup.mainListeners()) {
			if (!provides(listener) && asks(listener)) {
				findings.add(finding(listener));
			}
		}
		return findings;
	}

	private static boolean asks(ListenerSetup listener) {
		return has(listener, AcknowledgmentParameter.NULLABLE) || has(listener, AcknowledgmentParameter.NON_NULL);
	}

	private static boolean provides(ListenerSetup listener) {
		ContainerSetup container = listener.container();
		if (share(listener)) {
			return !SHARE_MODES_WITHOUT.contains(container.ackMode());
		}
		// Spring Kafka acknowledges manually without being told where nobody could commit
		boolean assignedWithoutGroup = !listener.subscription().groupManaged() && listener.groupId() == null;
		return container.manualAck() || container.asyncAcks() || assignedWithoutGroup;
	}

	private static Finding finding(ListenerSetup listener) {
		Severity severity = severity(listener);
		String harm = (severity == Severity.WARNING)
				? "Spring passes an Acknowledgment that does nothing: the container commits on its own, whatever the method acknowledges."
				: "The argument cannot be resolved: every record fails before the method is called.";
		return Finding.of(listener.subject(), harm)
			.withSeverity(severity)
			.withEvidence(listener.fact("ack mode", listener.container().ackMode()))
			.withFix(share(listener)
					? Fix.action("set ShareAckMode.MANUAL in the container properties of the container factory")
					: Fix.set("spring.kafka.listener.ack-mode", "manual"))
			.withFix(Fix.action("remove the parameter from the method"));
	}

	private static Severity severity(ListenerSetup listener) {
		// Spring replaces a missing argument that must not be null, but not in a share
		// group
		return (share(listener) || has(listener, AcknowledgmentParameter.NULLABLE)) ? Severity.ERROR : Severity.WARNING;
	}

	private static boolean share(ListenerSetup listener) {
		return listener.container().type() == ContainerSetup.Type.SHARE;
	}

	private static boolean has(ListenerSetup listener, AcknowledgmentParameter parameter) {
		for (ListenerMethod method : listener.methods()) {
			if (method.acknowledgment() == parameter) {
				return true;
			}
		}
		return false;
	}

}
