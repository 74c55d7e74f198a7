package io.github.kafkaguardrails.pitfall.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.PropertySetup;

/**
 * Flags containers that run with another value than the {@code spring.kafka.listener.*}
 * property that is set. Spellings of one value ({@code 5s}, {@code 5000}; {@code manual},
 * {@code MANUAL}) are equal; a value that cannot be read is not judged.
 *
 * <p>
 * Why it hurts: the YAML looks effective and is not. Concurrency was raised to twelve
 * during an incident, the deployment went out, and the lag kept growing: the factory was
 * built by hand and runs one thread.
 *
 * <p>
 * Wrong: {@code new ConcurrentKafkaListenerContainerFactory<>()} with only the consumer
 * factory set. Right:
 * {@code ConcurrentKafkaListenerContainerFactoryConfigurer.configure(factory, consumerFactory)},
 * and after it what is special about this factory.
 *
 * <p>
 * Legitimate for a second factory that differs on purpose: waive it for its listeners.
 * What the listener's annotation sets is not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-boot/reference/messaging/kafka.html#messaging.kafka.receiving">Receiving
 * a message with Spring Boot</a>
 */
@Pitfall(id = "listener-factory-bypasses-boot-properties",
		title = "A container factory built by hand ignores spring.kafka.listener properties",
		severity = Severity.WARNING, why = "The YAML looks effective and is not.",
		remedy = "build the factory with ConcurrentKafkaListenerContainerFactoryConfigurer", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ListenerFactoryBypassesBootProperties implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		// the same few properties for every listener, so each is looked up once
		Map<String, List<ConfigValue>> set = new HashMap<>();
		PropertySetup properties = setup.application().properties();
		return setup.mainListeners()
			.stream()
			.filter((listener) -> listener.container().type() != ContainerSetup.Type.SHARE)
			.flatMap((listener) -> findings(listener, (name) -> set.computeIfAbsent(name, properties::find)))
			.toList();
	}

	private static Stream<Finding> findings(ListenerSetup listener, Function<String, List<ConfigValue>> properties) {
		return listener.container()
			.bootValues()
			.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.flatMap((entry) -> {
				List<ConfigValue> values = properties.apply(entry.getKey());
				boolean bypassed = values.stream()
					.allMatch((value) -> BootValue.differs(entry.getKey(), value.value(), entry.getValue()));
				return values.stream()
					.filter((value) -> bypassed)
					.limit(1)
					.map((value) -> finding(listener, value, entry.getValue()));
			});
	}

	private static Finding finding(ListenerSetup listener, ConfigValue value, String actual) {
		String factory = listener.container().factory();
		return Finding
			.of(listener.subject(),
					"The property looks effective and is not: the container "
							+ ((factory != null) ? "of the factory '" + factory + "' " : "") + "runs with "
							+ (actual.isBlank() ? "nothing set" : actual) + ".")
			.withEvidence(value)
			.withFix(Fix.action(
					"build the factory with ConcurrentKafkaListenerContainerFactoryConfigurer.configure(factory, consumerFactory)"))
			.withFix(Fix.action("set the value on the factory and delete the property"));
	}

}
