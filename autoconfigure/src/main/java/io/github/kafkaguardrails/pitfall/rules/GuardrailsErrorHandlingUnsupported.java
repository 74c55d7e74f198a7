package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners whose settings below {@code kafka.guardrails.listeners} cannot work for
 * them, one finding for each reason.
 *
 * <p>
 * Why it hurts: the settings look like a safety net. Retry topics were configured for a
 * batch listener, which cannot use them, and that would show at the first failing record,
 * in production.
 *
 * <p>
 * Wrong: {@code retry.mode: topic} for a batch listener. Right:
 * {@code retry.mode: blocking}, or a record listener.
 *
 * <p>
 * Legitimate never: the settings cannot do what they say. Exclude the listener from them.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html">Handling
 * exceptions</a>
 */
@Pitfall(id = "guardrails-error-handling-unsupported", title = "The error handling cannot work for this listener",
		severity = Severity.ERROR, why = "The settings would fail at the first record that cannot be processed.",
		remedy = "change the listener's settings below kafka.guardrails.listeners", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class GuardrailsErrorHandlingUnsupported implements StartupPitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : setup.listeners()) {
			for (String problem : listener.errorHandling().problems()) {
				findings.add(finding(listener, problem));
			}
		}
		return findings;
	}

	private static Finding finding(ListenerSetup listener, String problem) {
		// the last sentence of a problem says what to do
		int end = problem.lastIndexOf(". ");
		String harm = (end > 0) ? problem.substring(0, end + 1) : problem;
		String action = (end > 0) ? problem.substring(end + 2) : "change " + ListenerSettings.property(listener, "*");
		return Finding.of(listener.subject(), harm)
			.withEvidence(listener.fact("error handling", listener.errorHandling().description()))
			.withFix(Fix.action(action));
	}

}
