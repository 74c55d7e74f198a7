package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags Kafka Streams applications without a handler of uncaught exceptions.
 *
 * <p>
 * Why it hurts: one exception, of a broker that was away too long, stops all threads of
 * the topology. The application stays up and answers its probes, and nobody notices until
 * somebody asks for the results of yesterday.
 *
 * <p>
 * Wrong: {@code @EnableKafkaStreams} alone. Right: a
 * {@code StreamsBuilderFactoryBeanConfigurer} that sets a handler which returns
 * {@code REPLACE_THREAD} for what may pass.
 *
 * <p>
 * Legitimate when something else watches the state and restarts the application. When a
 * {@code KafkaStreamsCustomizer} is set, which may set the handler, nothing is said.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/streams/developer-guide/write-streams-app.html">Writing
 * a Streams application</a>
 */
@Pitfall(id = "streams-uncaught-handler-missing",
		title = "One exception stops the whole topology and the application stays up", severity = Severity.WARNING,
		why = "Kafka Streams shuts its client down, and the probes of the application stay green.",
		remedy = "A StreamsBuilderFactoryBeanConfigurer that sets a StreamsUncaughtExceptionHandler", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class StreamsUncaughtHandlerMissing implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.streams()
			.stream()
			.filter((streams) -> Boolean.FALSE.equals(streams.uncaughtExceptionHandler()))
			.map((streams) -> Finding.of(streams.subject(),
					"An uncaught exception stops the whole topology, and the application stays up and answers its probes.")
				.withEvidence(streams.fact("uncaught exception handler", "none (SHUTDOWN_CLIENT)"))
				.withFix(Fix.action("declare a StreamsBuilderFactoryBeanConfigurer that calls"
						+ " setStreamsUncaughtExceptionHandler and returns REPLACE_THREAD for exceptions that may pass"))
				.withFix(Fix.action("let a health indicator watch the state of KafkaStreams")))
			.toList();
	}

}
