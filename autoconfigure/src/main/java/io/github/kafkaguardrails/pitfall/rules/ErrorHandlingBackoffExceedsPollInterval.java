package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;

import com.google.auto.service.AutoService;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.BackOffSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags record listeners whose longest single pause between two attempts is more than
 * half of {@code max.poll.interval.ms}, when the consumer does not poll during the pause.
 * The sum of all pauses does not matter: Spring polls between attempts.
 *
 * <p>
 * Why it hurts: the consumer thread sleeps, the broker takes the member for dead, the
 * group rebalances, and another instance starts the same record from its first attempt.
 * Three attempts became five deliveries, and the whole group stood still each time.
 *
 * <p>
 * Wrong: {@code new FixedBackOff(600_000, 3)} with the default poll interval of five
 * minutes. Right: {@code spring.kafka.consumer.max-poll-interval: 20m}, or a
 * {@code ContainerPausingBackOffHandler}, which keeps polling.
 *
 * <p>
 * Legitimate when the process is alone in its group and repeating a record does no harm:
 * waive it for that listener.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html#backoff-handlers">Back
 * off handlers</a>
 */
@Pitfall(id = "error-handling-backoff-exceeds-poll-interval",
		title = "A single back-off pause is too long for the poll interval", severity = Severity.WARNING,
		why = "The consumer thread sleeps, the member is evicted from its group, and another instance repeats the record.",
		remedy = "raise spring.kafka.consumer.max-poll-interval, or use a ContainerPausingBackOffHandler",
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ErrorHandlingBackoffExceedsPollInterval implements PitfallRule {

	private static final String KEY = "max.poll.interval.ms";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.mainListeners()
			.stream()
			.filter((listener) -> listener.container().type() == ContainerSetup.Type.RECORD)
			.map((listener) -> finding(listener, listener.errorHandling().backOff()))
			.filter((finding) -> finding != null)
			.toList();
	}

	private static @Nullable Finding finding(ListenerSetup listener, @Nullable BackOffSetup backOff) {
		Duration interval = Duration.ofMillis(listener.consumer().number(KEY).orElse(Long.MAX_VALUE));
		if (backOff == null || backOff.polling() || backOff.longest().compareTo(interval.dividedBy(2)) <= 0) {
			return null;
		}
		String what = (backOff.longest().compareTo(interval) >= 0)
				? "it will be evicted from its group at every such retry"
				: "with a slow record it is evicted from its group";
		String harm = "The consumer does not poll during the longest pause between two attempts: " + what
				+ ", and another instance starts the record again.";
		return Finding.of(listener.subject(), harm)
			.withEvidence(listener.consumer().get(KEY))
			.withEvidence(listener.fact("longest back-off in ms", backOff.longest().toMillis()))
			.withFix(enoughInterval(listener.consumer().get(KEY), backOff.longest()))
			.withFix(Fix.action(
					"give the error handler a ContainerPausingBackOffHandler, which keeps polling during the pause"));
	}

	private static Fix enoughInterval(ConfigValue current, Duration longest) {
		long minutes = longest.multipliedBy(2).plusSeconds(59).toMinutes();
		String property = current.origin().property();
		if (property != null && property.endsWith(KEY)) {
			return Fix.set(property, Duration.ofMinutes(minutes).toMillis());
		}
		return Fix.set("spring.kafka.consumer.max-poll-interval", minutes + "m");
	}

}
