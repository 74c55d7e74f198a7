package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.BootClientProperties;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.DeclaredTopicSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags durations in milliseconds that are so short that seconds must have been meant,
 * outside development.
 *
 * <p>
 * Why it hurts: {@code request.timeout.ms: 30} is accepted. In the test it works, because
 * the broker is near; in production every other request times out and is sent again, and
 * nobody looks for the reason in a line that looks right.
 *
 * <p>
 * Wrong: {@code request.timeout.ms: 30}, {@code max-poll-interval: 300}. Right:
 * {@code request.timeout.ms: 30000}, {@code max-poll-interval: 300s}.
 *
 * <p>
 * Legitimate in tests that want to see a timeout, which are development. A duration with
 * a unit, such as {@code 30s}, is refused by the client; other rules say so.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#producerconfigs_request.timeout.ms">request.timeout.ms</a>
 */
@Pitfall(id = "convention-suspicious-duration", title = "A duration with the wrong unit", severity = Severity.WARNING,
		why = "Seconds are written where the client expects milliseconds: everything times out.",
		remedy = "Write milliseconds: request.timeout.ms: 30000", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConventionSuspiciousDuration implements PitfallRule {

	private static final Set<String> KEYS = Set.of("request.timeout.ms", "session.timeout.ms", "max.poll.interval.ms",
			"delivery.timeout.ms", "transaction.timeout.ms", "default.api.timeout.ms", "metadata.max.age.ms");

	private static final String RETENTION = "retention.ms";

	private static final long SECOND = 1000;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		List<Finding> findings = new ArrayList<>();
		ConfiguredClient.of(setup)
			.forEach((client) -> client.config()
				.given()
				.stream()
				.filter((value) -> value.explicit() && KEYS.contains(withoutPrefix(value.key())))
				.flatMap((value) -> finding(client.subject(), value).stream())
				.forEach(findings::add));
		setup.topics().forEach((topic) -> retention(topic).ifPresent(findings::add));
		return findings;
	}

	/** Kafka Streams hands keys to its clients by a prefix. */
	private static String withoutPrefix(String key) {
		return KnownKeys.STREAMS_PREFIXES.keySet()
			.stream()
			.filter(key::startsWith)
			.findFirst()
			.map((prefix) -> key.substring(prefix.length()))
			.orElse(key);
	}

	private static Optional<Finding> retention(DeclaredTopicSetup topic) {
		String value = topic.configs().get(RETENTION);
		return (value != null) ? finding(topic.subject(), topic.fact(RETENTION, value)) : Optional.empty();
	}

	private static Optional<Finding> finding(Subject subject, ConfigValue value) {
		String text = String.valueOf(value.value()).trim();
		if (!text.matches("\\d{1,3}") || Integer.parseInt(text) == 0) {
			return Optional.empty();
		}
		int number = Integer.parseInt(text);
		return Optional.of(Finding
			.of(subject,
					"'" + value.key() + "' is in milliseconds: " + number
							+ " of them are less than a second, and seconds were probably meant.")
			.withEvidence(value)
			.withFix(Remedy.change(value, takesUnits(value) ? number + "s" : String.valueOf(number * SECOND))));
	}

	/** Whether Spring Boot reads it as a duration. */
	private static boolean takesUnits(ConfigValue value) {
		String property = value.origin().property();
		return property != null && BootClientProperties.target(property).filter((target) -> !target.raw()).isPresent();
	}

}
