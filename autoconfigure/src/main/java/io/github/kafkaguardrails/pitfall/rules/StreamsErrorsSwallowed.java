package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.StreamsSetup;

/**
 * Flags Kafka Streams applications whose handler logs a failing record and goes on
 * ({@code LogAndContinue…}), without a topic for dead letters.
 *
 * <p>
 * Why it hurts: a producer changes a field. Every record of it fails, is logged and
 * skipped; the sums in the stores are wrong from then on, and nothing can be replayed.
 *
 * <p>
 * Wrong: {@code deserialization.exception.handler: …LogAndContinueExceptionHandler}
 * alone. Right: also {@code errors.dead.letter.queue.topic.name: orders-aggregator-dlt},
 * or Spring's {@code RecoveringDeserializationExceptionHandler}.
 *
 * <p>
 * Legitimate for records that may be lost, such as metrics: waive it.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://cwiki.apache.org/confluence/display/KAFKA/KIP-1034%3A+Dead+letter+queue+in+Kafka+Streams">KIP-1034</a>
 */
@Pitfall(id = "streams-errors-swallowed", title = "Bad records are skipped with a log line",
		severity = Severity.WARNING, why = "Records are lost silently, and what is computed from them is wrong.",
		remedy = "spring.kafka.streams.properties.errors.dead.letter.queue.topic.name: <your topic>", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class StreamsErrorsSwallowed implements PitfallRule {

	private static final String TOPIC = "errors.dead.letter.queue.topic.name";

	private static final String DESERIALIZATION = "deserialization.exception.handler";

	private static final String CONTINUING = "org.apache.kafka.streams.errors.LogAndContinue";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.streams()
			.stream()
			.filter((streams) -> streams.config().string(TOPIC).isEmpty() && !continuing(streams.config()).isEmpty())
			.map((streams) -> finding(streams, continuing(streams.config())))
			.toList();
	}

	/** The handlers in use that go on; the deprecated key counts without the new one. */
	private static List<ConfigValue> continuing(ClientConfig config) {
		String deserialization = config.given(DESERIALIZATION).isPresent() ? DESERIALIZATION
				: "default." + DESERIALIZATION;
		return Stream.of(deserialization, "processing.exception.handler")
			.filter((key) -> config.string(key).startsWith(CONTINUING))
			.map(config::get)
			.toList();
	}

	private static Finding finding(StreamsSetup streams, List<ConfigValue> handlers) {
		Finding finding = Finding.of(streams.subject(),
				"A record that cannot be read or processed is logged and skipped: it is lost, and what is computed without it"
						+ " is wrong.");
		for (ConfigValue handler : handlers) {
			finding = finding.withEvidence(handler);
		}
		return finding
			.withFix(Fix.set("spring.kafka.streams.properties." + TOPIC,
					streams.config().string("application.id") + "-dlt"))
			.withFix(Fix.action("or use a recovering handler such as"
					+ " org.springframework.kafka.streams.RecoveringDeserializationExceptionHandler"));
	}

}
