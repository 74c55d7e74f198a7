package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.StreamsSetup;

/**
 * Flags Kafka Streams applications that delete their local state when they start or stop,
 * outside development.
 *
 * <p>
 * Why it hurts: the setting comes from a test. In production every restart reads all
 * changelogs from the beginning, and a rolling update of an hour becomes one of a day in
 * which the stores cannot be asked.
 *
 * <p>
 * Wrong: {@code spring.kafka.streams.cleanup.on-startup: true}. Right: {@code false}, the
 * default.
 *
 * <p>
 * Legitimate once, when the id of the application or its topology has changed, and for
 * applications without stores.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/streams.html#streams-cleanup">Cleanup of
 * local state</a>
 */
@Pitfall(id = "streams-cleanup-on-startup", title = "Local state is deleted at each start", severity = Severity.WARNING,
		why = "Every restart restores all stores from the changelogs.",
		remedy = "spring.kafka.streams.cleanup.on-startup: false", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class StreamsCleanupOnStartup implements PitfallRule {

	private static final String PREFIX = "spring.kafka.streams.cleanup.";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		return setup.streams()
			.stream()
			.filter((streams) -> !Boolean.FALSE.equals(streams.stateful()))
			.flatMap((streams) -> findings(streams, setup))
			.toList();
	}

	private static Stream<Finding> findings(StreamsSetup streams, KafkaSetup setup) {
		Stream<Finding> start = streams.cleanupOnStart() ? Stream.of(finding(streams, setup, "on-startup", "start"))
				: Stream.empty();
		Stream<Finding> stop = streams.cleanupOnStop() ? Stream.of(finding(streams, setup, "on-shutdown", "stop"))
				: Stream.empty();
		return Stream.concat(start, stop);
	}

	private static Finding finding(StreamsSetup streams, KafkaSetup setup, String setting, String when) {
		List<ConfigValue> properties = setup.application().properties().find(PREFIX + setting);
		Finding finding = Finding.of(streams.subject(), "The local state is deleted at each " + when
				+ ": the next start restores all stores from the changelogs.");
		return properties.isEmpty()
				? finding.withEvidence(streams.fact("cleanup " + setting, true))
					.withFix(Fix.action("set no such CleanupConfig on the factory bean"))
				: finding.withEvidence(properties.get(0)).withFix(Remedy.change(properties.get(0), false));
	}

}
