package io.github.kafkaguardrails.pitfall.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners whose Spring JSON deserializer trusts the package {@code *} while it
 * takes the class from the record's headers.
 *
 * <p>
 * Why it hurts: whoever can write to the topic chooses the class that is instantiated.
 * One compromised producer, and a class of some library that does harm when its setters
 * are called is created inside every consumer.
 *
 * <p>
 * Wrong: {@code spring.json.trusted.packages: "*"}. Right:
 * {@code spring.json.trusted.packages: com.example.events}, or
 * {@code spring.json.use.type.headers: false} with a default type.
 *
 * <p>
 * Legitimate in tests. Listeners that do not use type headers, or that name a type
 * method, are not flagged; neither is a deserializer object, whose settings are not
 * known.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/serdes.html#serdes-json-config">Configuration
 * of the JSON deserializer</a>
 */
@Pitfall(id = "serialization-trusted-packages-wildcard", title = "Any class named in a header may be instantiated",
		severity = Severity.WARNING, why = "Whoever can write to the topic chooses the class to deserialize.",
		remedy = "spring.kafka.consumer.properties.spring.json.trusted.packages: <your packages>", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SerializationTrustedPackagesWildcard implements PitfallRule {

	private static final String KEY = "spring.json.trusted.packages";

	private static final Set<String> JSON = Set.of(
			"org.springframework.kafka.support.serializer.JacksonJsonDeserializer",
			"org.springframework.kafka.support.serializer.JsonDeserializer");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.mainListeners()
			.stream()
			.filter((listener) -> trustsEverything(listener.consumer()) && DeserializerSide.of(listener)
				.stream()
				.anyMatch(SerializationTrustedPackagesWildcard::usesHeaders))
			.map(SerializationTrustedPackagesWildcard::finding)
			.toList();
	}

	private static boolean trustsEverything(ClientConfig config) {
		// Spring Kafka ignores a value of another type than String
		return config.get(KEY).value() instanceof String packages
				&& Arrays.stream(packages.split(",")).map(String::trim).anyMatch("*"::equals);
	}

	private static boolean usesHeaders(DeserializerSide side) {
		ClientConfig config = side.listener().consumer();
		return !side.deserializer().instance() && JSON.contains(side.deserializer().effectiveClassName())
				&& !"false".equalsIgnoreCase(config.string("spring.json.use.type.headers"))
				&& config.string("spring.json." + side.name() + ".type.method").isEmpty();
	}

	private static Finding finding(ListenerSetup listener) {
		ConfigValue packages = listener.consumer().get(KEY);
		String property = packages.origin().property();
		return Finding
			.of(listener.subject(),
					"Whoever can write to the topic chooses, in a header, the class that this listener instantiates.")
			.withEvidence(packages)
			.withFix((property != null) ? Fix.set(property, payloadPackage(listener))
					: Fix.action("name the packages of your payload classes instead of '*'"))
			.withFix(Fix.action("set spring.json.use.type.headers to false and name a default type"));
	}

	private static String payloadPackage(ListenerSetup listener) {
		return listener.methods()
			.stream()
			.map(ListenerMethod::payloadType)
			.filter(Objects::nonNull)
			.filter((type) -> type.contains(".") && !type.startsWith("java"))
			.map((type) -> type.substring(0, type.lastIndexOf('.')))
			.findFirst()
			.orElse("com.example.events");
	}

}
