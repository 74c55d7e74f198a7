package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners whose error handler is a {@code CommonLoggingErrorHandler}.
 *
 * <p>
 * Why it hurts: a dependency answers with an error for a second. Every record of that
 * second is logged, committed and gone: there is no second attempt. A record that cannot
 * be deserialized it never gets past.
 *
 * <p>
 * Wrong: {@code new CommonLoggingErrorHandler()}. Right: no handler bean, and
 * {@code kafka.guardrails.listeners.<id>.then: dead-letter}.
 *
 * <p>
 * Legitimate for records that may be lost, such as metrics:
 * {@code kafka.guardrails.listeners.<id>.then: skip} does that and says so; or waive it.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html">Handling
 * exceptions</a>
 */
@Pitfall(id = "error-handling-logging-handler", title = "The error handler only logs", severity = Severity.WARNING,
		why = "Every failure is a loss, without a single retry.",
		remedy = "kafka.guardrails.listeners.<id>.then: dead-letter", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ErrorHandlingLoggingHandler implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.mainListeners()
			.stream()
			.filter((listener) -> listener.errorHandling().kind() == Kind.LOGGING_ONLY)
			.map(ErrorHandlingLoggingHandler::finding)
			.toList();
	}

	private static Finding finding(ListenerSetup listener) {
		String lost = (listener.container().type() == ContainerSetup.Type.BATCH) ? "the whole batch of a failing record"
				: "a failing record";
		return Finding.of(listener.subject(), "Without a single retry " + lost + " is logged, committed and lost.")
			.withEvidence(listener.fact("error handling", listener.errorHandling().description()))
			.withFix(Fix.action("remove the CommonLoggingErrorHandler, so that these settings apply"))
			.withFix(Fix.set(ListenerSettings.property(listener, "retry.mode"), "blocking"))
			.withFix(Fix.set(ListenerSettings.property(listener, "then"), "dead-letter"));
	}

}
