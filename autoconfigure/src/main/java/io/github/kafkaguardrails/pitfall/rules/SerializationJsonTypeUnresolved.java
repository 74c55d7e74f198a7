package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags listeners whose Spring JSON deserializer has nothing but the class name in the
 * record's header to go by: no default type, no type mapping, no type method.
 *
 * <p>
 * Why it hurts: a team moves a class to another package, which is nobody else's business,
 * and every consumer fails at the next record. A record from a tool or another language,
 * without the header, fails always.
 *
 * <p>
 * Wrong: {@code value-deserializer: JacksonJsonDeserializer} alone. Right: also
 * {@code spring.json.value.default.type: com.example.Order} and
 * {@code spring.json.use.type.headers: false}.
 *
 * <p>
 * Legitimate when one team owns both ends and deploys them together. A deserializer given
 * as an object is not flagged, because its type is set in code.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/serdes.html#serdes-json-config">Configuration
 * of the JSON deserializer</a>
 */
@Pitfall(id = "serialization-json-type-unresolved", title = "JSON consumption depends on the producer's class names",
		severity = Severity.INFO,
		why = "A record without a type header fails, and a class that the producer renames or moves breaks every consumer.",
		remedy = "spring.kafka.consumer.properties.spring.json.value.default.type: <your class>", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SerializationJsonTypeUnresolved implements PitfallRule {

	private static final String PROPERTIES = "spring.kafka.consumer.properties.";

	private static final String USE_HEADERS = "spring.json.use.type.headers";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConsumingListeners.of(setup)
			.flatMap((listener) -> DeserializerSide.of(listener).stream())
			.filter((side) -> SpringSerdes.json(side.deserializer()) && unresolved(side))
			.map(SerializationJsonTypeUnresolved::finding)
			.toList();
	}

	private static boolean unresolved(DeserializerSide side) {
		ClientConfig config = side.listener().consumer();
		return !"false".equalsIgnoreCase(config.string(USE_HEADERS))
				&& config.given("spring.json." + side.name() + ".default.type").isEmpty()
				&& config.given("spring.json." + side.name() + ".type.method").isEmpty()
				&& config.given("spring.json.type.mapping").isEmpty();
	}

	private static Finding finding(DeserializerSide side) {
		return Finding.of(side.listener().subject(), "The " + side.name()
				+ " becomes whatever class its header names: without the"
				+ " header it fails, and so it does when the producer renames or moves the class, or when the class is"
				+ " in no trusted package (java.lang and java.util are).")
			.withEvidence(side.evidence())
			.withFix(Fix.set(PROPERTIES + USE_HEADERS, false))
			.withFix(Fix.set(PROPERTIES + "spring.json." + side.name() + ".default.type",
					PayloadType.of(side.listener()).orElse("com.example.Order")));
	}

}
