package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.BackOffSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners whose back-off does not end: {@code FixedBackOff.UNLIMITED_ATTEMPTS},
 * or an {@code ExponentialBackOff} with neither {@code maxAttempts} nor
 * {@code maxElapsedTime}, which are its defaults.
 *
 * <p>
 * Why it hurts: one record has a currency that nobody knows. It is tried again for ever,
 * everything behind it waits, and after a week retention begins to delete what was never
 * read.
 *
 * <p>
 * Wrong: {@code new DefaultErrorHandler(recoverer, new ExponentialBackOff(1_000, 2))}.
 * Right: the same with {@code backOff.setMaxAttempts(5)}.
 *
 * <p>
 * Legitimate where order matters more than availability, and an alert watches the lag:
 * waive it for that listener.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html#default-eh">DefaultErrorHandler</a>
 */
@Pitfall(id = "error-handling-unlimited-retries", title = "A record that always fails blocks its partition for ever",
		severity = Severity.WARNING,
		why = "One bad record is an outage, and the lag grows until retention deletes what nobody has read.",
		remedy = "backOff.setMaxAttempts(5)", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ErrorHandlingUnlimitedRetries implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.mainListeners()
			.stream()
			.filter((listener) -> listener.errorHandling().kind() != Kind.GUARDRAILS
					&& listener.errorHandling().backOff() != null
					&& listener.errorHandling().backOff().retries() == BackOffSetup.UNLIMITED)
			.map(ErrorHandlingUnlimitedRetries::finding)
			.toList();
	}

	private static Finding finding(ListenerSetup listener) {
		return Finding.of(listener.subject(),
				"A record that always fails blocks its partition for ever, and the lag grows until retention deletes "
						+ "what nobody has read.")
			.withEvidence(listener.fact("error handling", listener.errorHandling().description()))
			.withFix(Fix
				.action("limit the back-off: backOff.setMaxAttempts(5), or new FixedBackOff(interval, attempts)"))
			.withFix(Fix.action("or remove the handler, so that "
					+ ListenerSettings.property(listener, "retry.max-attempts") + " applies"));
	}

}
