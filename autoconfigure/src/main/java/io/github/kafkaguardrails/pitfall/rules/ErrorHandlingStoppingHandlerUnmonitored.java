package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners whose error handler stops the container, in applications whose health
 * does not show stopped listeners.
 *
 * <p>
 * Why it hurts: the listener did what it was told at the first bad record on Friday
 * night. The process is alive, the probes are green, and on Monday somebody asks for the
 * orders of the weekend.
 *
 * <p>
 * Wrong: {@code new CommonContainerStoppingErrorHandler()} without the actuator. Right:
 * the actuator, whose health shows it as {@code kafkaGuardrails}, and
 * {@code kafka.guardrails.health.readiness: true} where the readiness probe is to see it.
 *
 * <p>
 * Legitimate where something else watches the container, for example an alert on the lag.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html">Container
 * stopping error handlers</a>
 */
@Pitfall(id = "error-handling-stopping-handler-unmonitored", title = "A listener stops on error, and nothing notices",
		severity = Severity.INFO,
		why = "The strategy is right for strict ordering, but it needs an operator who is told.",
		remedy = "spring-boot-starter-actuator, and kafka.guardrails.health.readiness: true", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ErrorHandlingStoppingHandlerUnmonitored implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().listenerHealth()) {
			return List.of();
		}
		return setup.mainListeners()
			.stream()
			.filter((listener) -> listener.errorHandling().kind() == Kind.STOPPING)
			.map(ErrorHandlingStoppingHandlerUnmonitored::finding)
			.toList();
	}

	private static Finding finding(ListenerSetup listener) {
		return Finding
			.of(listener.subject(),
					"The first failing record stops the listener, and the health of the application does not show it.")
			.withEvidence(listener.fact("error handling", listener.errorHandling().description()))
			.withFix(Fix
				.action("add org.springframework.boot:spring-boot-starter-actuator and keep the health indicator "
						+ "kafkaguardrails enabled"))
			.withFix(Fix.set("kafka.guardrails.health.readiness", true));
	}

}
