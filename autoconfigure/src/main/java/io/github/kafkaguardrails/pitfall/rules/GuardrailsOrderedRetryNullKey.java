package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.ActivitySetup.KeylessRecords;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners with {@code retry.mode: ordered} that have seen records without a key.
 *
 * <p>
 * Why it hurts: the order of an account's bookings was promised, and one of three senders
 * had forgotten the key. One of its bookings failed, all later ones passed it, and the
 * balance was wrong.
 *
 * <p>
 * Wrong: {@code template.send("bookings", booking)}. Right:
 * {@code template.send("bookings", booking.account(), booking)}.
 *
 * <p>
 * Legitimate for records that need no order, such as a heartbeat in the same topic: waive
 * it for that listener.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#intro_concepts_and_terms">Records
 * and keys</a>
 */
@Pitfall(id = "guardrails-ordered-retry-null-key", title = "Ordered retry sees records without a key",
		severity = Severity.WARNING,
		why = "Records without a key are retried one by one: those behind a failing one do not wait.",
		remedy = "send the records with the id of the entity as key, or set retry.mode to blocking",
		scope = PitfallScope.ACTIVITY, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class GuardrailsOrderedRetryNullKey implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.activity().keyless().stream().flatMap((keyless) -> finding(setup, keyless).stream()).toList();
	}

	private static Optional<Finding> finding(KafkaSetup setup, KeylessRecords keyless) {
		return setup.listeners()
			.stream()
			.filter((listener) -> listener.id().equals(keyless.listener()))
			.filter((listener) -> listener.errorHandling().orderedByKey())
			.findFirst()
			.map((listener) -> finding(listener, keyless.count()));
	}

	private static Finding finding(ListenerSetup listener, long count) {
		return Finding
			.of(listener.subject(),
					"Records without a key have no order: when one fails, ordered retry lets all later ones pass.")
			.withEvidence(ActivitySetup.fact("records without a key", count))
			.withEvidence(listener.fact("error handling", listener.errorHandling().description()))
			.withFix(Fix.action("send the records with the id of the entity as key"))
			.withFix(Fix.set(ListenerSettings.property(listener, "retry.mode"), "blocking"));
	}

}
