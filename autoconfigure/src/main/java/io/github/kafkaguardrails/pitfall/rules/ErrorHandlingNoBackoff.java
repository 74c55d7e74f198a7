package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.google.auto.service.AutoService;
import org.jspecify.annotations.Nullable;

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
 * Flags listeners whose {@code DefaultErrorHandler} or
 * {@code DefaultAfterRollbackProcessor} tries again and then calls a recoverer, but
 * pauses for less than a second in all.
 *
 * <p>
 * Why it hurts: {@code new DefaultErrorHandler(recoverer)} keeps the default back-off:
 * nine retries without a pause. A database is away for ten seconds, and everything that
 * arrives meanwhile ends in the dead-letter topic, although a pause would have been
 * enough.
 *
 * <p>
 * Wrong: {@code new DefaultErrorHandler(new DeadLetterPublishingRecoverer(template))}.
 * Right: an {@code ExponentialBackOff} with a maximum of attempts as second argument, or
 * no handler and {@code kafka.guardrails.listeners.<id>.retry.mode: blocking}.
 *
 * <p>
 * Legitimate where a retry topic or another service tries again later. A handler without
 * a recoverer is judged by {@code error-handling-log-and-skip}.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html#default-eh">DefaultErrorHandler</a>
 */
@Pitfall(id = "error-handling-no-backoff", title = "Retries are immediate and over within milliseconds",
		severity = Severity.INFO,
		why = "A short outage of a dependency sends the whole stream to the dead-letter topic.",
		remedy = "new DefaultErrorHandler(recoverer, new ExponentialBackOff(1_000, 2))", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ErrorHandlingNoBackoff implements PitfallRule {

	private static final Duration ENOUGH = Duration.ofSeconds(1);

	/** With a recoverer of the user. Of other handlers no back-off is known. */
	private static final Set<Kind> RECOVERING = Set.of(Kind.DEAD_LETTER, Kind.CUSTOM);

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.mainListeners()
			.stream()
			.filter((listener) -> RECOVERING.contains(listener.errorHandling().kind())
					&& tooShort(listener.errorHandling().backOff()))
			.map(ErrorHandlingNoBackoff::finding)
			.toList();
	}

	private static boolean tooShort(@Nullable BackOffSetup backOff) {
		return backOff != null && backOff.retries() > 0 && backOff.total().compareTo(ENOUGH) < 0;
	}

	private static Finding finding(ListenerSetup listener) {
		String where = (listener.errorHandling().kind() == Kind.DEAD_LETTER) ? "into the dead-letter topic"
				: "to the recoverer";
		Duration total = (listener.errorHandling().backOff() != null) ? listener.errorHandling().backOff().total()
				: Duration.ZERO;
		return Finding
			.of(listener.subject(),
					"All retries together pause for " + total.toMillis()
							+ " ms: a short outage of a dependency sends the whole stream " + where + ".")
			.withEvidence(listener.fact("error handling", listener.errorHandling().description()))
			.withFix(Fix.action("give the handler a back-off: var backOff = new ExponentialBackOff(1_000, 2); "
					+ "backOff.setMaxAttempts(5); new DefaultErrorHandler(recoverer, backOff)"))
			.withFix(Fix.action("or remove the handler, so that " + ListenerSettings.property(listener, "retry.mode")
					+ ": blocking applies"));
	}

}
