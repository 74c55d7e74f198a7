package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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
 * Flags Kafka Streams applications whose id nobody has set, so that the name of the
 * application is taken, or whose id is made of something that changes: a version, a
 * profile, a host, a random number.
 *
 * <p>
 * Why it hurts: somebody tidies up {@code spring.application.name}. The next start is a
 * new group with new internal topics and empty stores: everything is read from the
 * beginning, the results are published again, and the old topics stay behind.
 *
 * <p>
 * Wrong: {@code spring.application.name: shop} alone, or {@code application-id:
 * shop-${app.version}}. Right:
 * {@code spring.kafka.streams.application-id: orders-aggregator}.
 *
 * <p>
 * Legitimate when each version is meant to start anew, beside the one before: waive it.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#streamsconfigs_application.id">application.id</a>
 */
@Pitfall(id = "streams-application-id-implicit", title = "The identity of the application's state follows a label",
		severity = Severity.WARNING,
		why = "Whoever changes the label gets a new group, new internal topics and empty stores.",
		remedy = "spring.kafka.streams.application-id: orders-aggregator", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class StreamsApplicationIdImplicit implements PitfallRule {

	private static final String KEY = "application.id";

	private static final String PROPERTY = "spring.kafka.streams.application-id";

	private static final Pattern CHANGING = Pattern.compile(
			"(?i)\\$\\{[^}]*(random|uuid|version|profile|build|commit|revision|timestamp|host|pod|instance)[^}]*}");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.streams().stream().flatMap((streams) -> finding(streams).stream()).toList();
	}

	private static Optional<Finding> finding(StreamsSetup streams) {
		ConfigValue id = streams.config().get(KEY);
		if (id.value() == null) {
			return Optional.empty();
		}
		if (!id.explicit()) {
			return Optional.of(Finding.of(streams.subject(),
					"The name of the application is the id of its state: when it changes, the application starts with empty"
							+ " stores and reads everything anew.")
				.withEvidence(id)
				.withFix(Fix.set(PROPERTY, streams.config().string(KEY))));
		}
		String raw = id.raw();
		if (raw == null || !CHANGING.matcher(raw).find()) {
			return Optional.empty();
		}
		return Optional.of(Finding.of(streams.subject(),
				"The id is made of something that changes: each time the application starts with empty stores and reads"
						+ " everything anew, and the old internal topics stay behind.")
			.withEvidence(ConfigValue.of(KEY, raw, id.origin()))
			.withFix(Remedy.change(id, "<a name that stays>"))
			.withFix(Fix.action("keep the id that is in use now, or the state is built anew once more")));
	}

}
