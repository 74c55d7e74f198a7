package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.ActivitySetup.ContainerActivity;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags listener containers that, or a consumer of which, stopped although nobody asked
 * for it.
 *
 * <p>
 * Why it hurts: the password of the broker was rotated; every listener stopped at once,
 * the probes stayed green, and the next morning there was a night of orders to catch up
 * with.
 *
 * <p>
 * Wrong: a listener that lets a {@code java.lang.Error} through, which no error handler
 * sees, or credentials that expire. Right: {@code spring.kafka.listener.auth-exception-
 * retry-interval: 10s}, and an alert on the health {@code kafkaGuardrails}.
 *
 * <p>
 * Legitimate when the listener is meant to stop at a failing record ({@code then:
 * stop}): the finding says that it waits for somebody.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/events.html">Application
 * events</a>
 */
@Pitfall(id = "listener-container-stopped", title = "A listener container has stopped by itself",
		severity = Severity.WARNING, why = "Nothing restarts it: the process looks healthy while the lag grows.",
		remedy = "mend the cause, then restart the listener or the application", scope = PitfallScope.ACTIVITY,
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ListenerContainerStopped implements PitfallRule {

	/** What each reason means, by the name of a constant of Spring Kafka. */
	private static final Map<String, String> CAUSES = Map.of("AUTH",
			"the brokers did not accept the credentials or the permissions", "FENCED",
			"another instance uses the same transactional id or group.instance.id", "ERROR",
			"the listener threw a java.lang.Error, which no error handler sees", "NO_OFFSET",
			"there was no committed offset and auto.offset.reset is none", "ABNORMAL",
			"its error handler stopped it, or its thread ended with an exception");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.activity()
			.containers()
			.stream()
			.filter((container) -> !container.expected())
			.map(ListenerContainerStopped::finding)
			.toList();
	}

	private static Finding finding(ContainerActivity container) {
		String reason = container.stopReason();
		String what = container.running() ? "A consumer of the container has stopped" : "The container has stopped";
		String cause = (reason != null) ? CAUSES.get(reason) : null;
		Finding finding = Finding
			.of(new Subject(Subject.Kind.LISTENER, container.listener()),
					what + ((cause != null) ? ": " + cause : "")
							+ ". Nothing restarts it; the process looks healthy while the lag grows.")
			.withEvidence(ActivitySetup.fact("reason", (reason != null) ? reason : "not known"));
		if ("AUTH".equals(reason)) {
			finding = finding.withFix(Fix.set("spring.kafka.listener.auth-exception-retry-interval", "10s"));
		}
		return finding
			.withFix(Fix.action("mend the cause (see the log), then restart the listener or the application"));
	}

}
