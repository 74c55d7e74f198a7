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
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.SendActivity;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags topics that were sent records without a key although their {@code
 * cleanup.policy} contains {@code compact}, as the cluster says or as it showed by
 * refusing such records, or although a listener of the application keeps the order of
 * their keys with {@code retry.mode: ordered}.
 *
 * <p>
 * Why it hurts: the topic was switched to compaction; from then on every record of one
 * old code path was refused ("Compacted topic cannot accept message without key"), and
 * nobody looked at the futures.
 *
 * <p>
 * Wrong: {@code template.send("customers", customer)}. Right: {@code
 * template.send("customers", customer.id(), customer)}.
 *
 * <p>
 * Legitimate for no record: a compacted topic accepts none without a key.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#compaction">Log compaction</a>
 */
@Pitfall(id = "producer-null-key", title = "A record without a key goes to a topic that needs one",
		severity = Severity.WARNING,
		why = "A compacted topic refuses a record without a key: the record is lost unless the caller looks at the result.",
		remedy = "pass the id of the entity as key", scope = PitfallScope.ACTIVITY, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ProducerNullKey implements PitfallRule {

	private static final String REFUSED = "org.apache.kafka.common.InvalidRecordException";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.activity()
			.sends()
			.keyless()
			.stream()
			.flatMap((keyless) -> finding(setup, keyless).stream())
			.toList();
	}

	private static Optional<Finding> finding(KafkaSetup setup, SendActivity.Keyless keyless) {
		if (compacted(setup, keyless).isPresent() || refused(setup, keyless)) {
			return Optional.of(refusal(setup, keyless));
		}
		return orderedListener(setup, keyless.topic()).map((listener) -> unordered(setup, keyless, listener));
	}

	/** A listener of this application that keeps the order of each key. */
	private static Optional<ListenerSetup> orderedListener(KafkaSetup setup, String topic) {
		return setup.mainListeners()
			.stream()
			.filter((listener) -> listener.errorHandling().orderedByKey()
					&& listener.subscription().topics().contains(topic))
			.findFirst();
	}

	private static Optional<TopicSetup> compacted(KafkaSetup setup, SendActivity.Keyless keyless) {
		return ObservedProducer.find(setup, keyless.template())
			.flatMap((producer) -> setup.cluster(producer.config()))
			.flatMap((cluster) -> cluster.topic(keyless.topic()))
			.filter((topic) -> topic.cleanedUpBy("compact"));
	}

	private static boolean refused(KafkaSetup setup, SendActivity.Keyless keyless) {
		return setup.activity()
			.sends()
			.failures()
			.stream()
			.anyMatch((failure) -> failure.template().equals(keyless.template())
					&& failure.topic().equals(keyless.topic()) && failure.exception().equals(REFUSED));
	}

	private static Finding unordered(KafkaSetup setup, SendActivity.Keyless keyless, ListenerSetup listener) {
		return Finding
			.of(new Subject(Subject.Kind.TOPIC, keyless.topic()),
					"Records without a key have no order: when one fails, ordered retry lets all later ones pass.")
			.withEvidence(ActivitySetup.fact("records without a key", keyless.count()))
			.withEvidence(ActivitySetup.fact("sent by", ObservedProducer.subject(setup, keyless.template())))
			.withEvidence(listener.fact("error handling", listener.errorHandling().description()))
			.withFix(Fix.action("pass the id of the entity as key"));
	}

	private static Finding refusal(KafkaSetup setup, SendActivity.Keyless keyless) {
		Finding finding = Finding.of(new Subject(Subject.Kind.TOPIC, keyless.topic()),
				"The brokers refuse a record without a key for a compacted topic: where the caller ignores the result of send(), it is lost.")
			.withEvidence(ActivitySetup.fact("records without a key", keyless.count()))
			.withEvidence(ActivitySetup.fact("sent by", ObservedProducer.subject(setup, keyless.template())));
		return compacted(setup, keyless).flatMap((topic) -> topic.setting("cleanup.policy"))
			.map(finding::withEvidence)
			.orElse(finding)
			.withFix(Fix.action("pass the id of the entity as key"));
	}

}
