package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.BackOffSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.PropertySetup;

/**
 * Flags listeners whose failing records are logged and skipped in the end: Spring's own
 * default, or a {@code DefaultErrorHandler} without a recoverer. Containers with
 * transactions are left to another rule.
 *
 * <p>
 * Why it hurts: the ten attempts of the default take milliseconds. A database is away for
 * ten seconds, and everything that arrives meanwhile is logged, committed and gone. In a
 * batch listener each of these losses is a whole batch.
 *
 * <p>
 * Wrong: {@code new DefaultErrorHandler()}, or nothing at all with
 * {@code kafka.guardrails.safe-defaults: false}. Right:
 * {@code kafka.guardrails.listeners.<id>.retry.mode: blocking} and
 * {@code then: dead-letter}, or a handler with a {@code DeadLetterPublishingRecoverer}.
 *
 * <p>
 * Legitimate for records that may be lost, such as metrics: choose
 * {@code kafka.guardrails.listeners.<id>.then: skip}, which says so, or waive it.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html#default-eh">DefaultErrorHandler</a>
 */
@Pitfall(id = "error-handling-log-and-skip", title = "A failing record is logged and lost", severity = Severity.WARNING,
		why = "A short outage of a dependency discards everything that arrives meanwhile.",
		remedy = "kafka.guardrails.listeners.<id>.then: dead-letter", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ErrorHandlingLogAndSkip implements PitfallRule {

	private static final String SAFE_DEFAULTS = "kafka.guardrails.safe-defaults";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.mainListeners()
			.stream()
			.filter((listener) -> !listener.container().transactional()
					&& listener.container().type() != ContainerSetup.Type.SHARE
					&& (springDefault(listener) || listener.errorHandling().kind() == Kind.LOG_AND_SKIP))
			.map((listener) -> finding(listener, setup.application().properties()))
			.toList();
	}

	private static boolean springDefault(ListenerSetup listener) {
		return listener.errorHandling().kind() == Kind.SPRING_DEFAULT;
	}

	private static Finding finding(ListenerSetup listener, PropertySetup properties) {
		String what = (listener.container().type() == ContainerSetup.Type.BATCH) ? "the whole batch of a failing record"
				: "a failing record";
		Finding finding = Finding.of(listener.subject(), cause(listener) + what + " is logged, committed and lost.")
			.withFix(Fix.set(ListenerSettings.property(listener, "retry.mode"), "blocking"))
			.withFix(Fix.set(ListenerSettings.property(listener, "then"), "dead-letter"));
		if (springDefault(listener)) {
			List<ConfigValue> values = properties.find(SAFE_DEFAULTS);
			return finding.withEvidence(values.isEmpty() ? handling(listener) : values.get(0))
				.withFix(Fix.set(SAFE_DEFAULTS, true));
		}
		return finding.withEvidence(handling(listener))
			.withFix(Fix.action("remove your error handler bean so that these settings apply, or give it a recoverer:"
					+ " new DefaultErrorHandler(new DeadLetterPublishingRecoverer(template), backOff)"));
	}

	private static String cause(ListenerSetup listener) {
		if (springDefault(listener)) {
			return SAFE_DEFAULTS + " is false, so Spring's default applies: after ten immediate attempts ";
		}
		BackOffSetup backOff = listener.errorHandling().backOff();
		if (backOff == null || backOff.retries() == BackOffSetup.UNLIMITED) {
			return "Your handler has no recoverer: when it gives up, ";
		}
		long attempts = backOff.retries() + 1;
		return "Your handler has no recoverer: after " + attempts + ((attempts == 1) ? " attempt " : " attempts ");
	}

	private static ConfigValue handling(ListenerSetup listener) {
		return listener.fact("error handling", listener.errorHandling().description());
	}

}
