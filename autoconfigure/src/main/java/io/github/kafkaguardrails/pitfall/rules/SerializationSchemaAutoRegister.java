package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Flags producers with a serializer for Confluent's schema registry that registers
 * schemas by itself, outside development.
 *
 * <p>
 * Why it hurts: a feature branch is deployed for a demonstration, publishes its
 * half-finished schema, and from then on the real producer is refused as incompatible.
 *
 * <p>
 * Wrong: {@code value-serializer: KafkaAvroSerializer} alone. Right: also
 * {@code auto.register.schemas: false} and {@code use.latest.version: true}, and a build
 * that checks and registers schemas.
 *
 * <p>
 * Legitimate where the registry itself decides who may register: waive it once. A
 * serializer given as an object is not flagged, because its settings are not known.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#handling-differences-between-preregistered-and-client-derived-schemas">Preregistered
 * schemas</a>
 */
@Pitfall(id = "serialization-schema-auto-register", title = "Producers register schemas at runtime",
		severity = Severity.WARNING,
		why = "An unreviewed build publishes a schema that the consumers cannot read, or that locks out the next version.",
		remedy = "spring.kafka.producer.properties.auto.register.schemas: false", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SerializationSchemaAutoRegister implements PitfallRule {

	private static final String KEY = "auto.register.schemas";

	private static final String PROPERTIES = "spring.kafka.producer.properties.";

	private static final Set<String> REGISTERING = Set.of("io.confluent.kafka.serializers.KafkaAvroSerializer",
			"io.confluent.kafka.serializers.json.KafkaJsonSchemaSerializer",
			"io.confluent.kafka.serializers.protobuf.KafkaProtobufSerializer");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		return setup.producers()
			.stream()
			.filter((producer) -> !producer.customized() && registers(producer)
					&& !"false".equalsIgnoreCase(producer.config().string(KEY)))
			.map(SerializationSchemaAutoRegister::finding)
			.toList();
	}

	private static boolean registers(ProducerSetup producer) {
		return Stream.of(producer.keySerializer(), producer.valueSerializer())
			.anyMatch((serializer) -> !serializer.instance() && REGISTERING.contains(serializer.className()));
	}

	private static Finding finding(ProducerSetup producer) {
		Finding finding = Finding.of(producer.subject(),
				"Whatever schema this build has is published at the first send, without a review: consumers may not"
						+ " understand it, and the next version may be refused because of it.");
		ConfigValue current = producer.config().get(KEY);
		for (String key : List.of("key.serializer", "value.serializer")) {
			if (REGISTERING.contains(producer.config().string(key))) {
				finding = finding.withEvidence(producer.config().get(key));
			}
		}
		if (current.value() != null) {
			finding = finding.withEvidence(current);
		}
		return Remedy.set(finding, current, PROPERTIES + KEY, false)
			.withFix(Fix.set(PROPERTIES + "use.latest.version", true));
	}

}
