package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;

import com.google.auto.service.AutoService;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners whose key or value deserializer is the class
 * {@code ErrorHandlingDeserializer} while the delegate is not set, cannot be loaded, or
 * is not a {@code Deserializer}. An object given to the factory brings its delegate along
 * and is not flagged.
 *
 * <p>
 * Why it hurts: the container fails when it starts, "No delegate deserializer
 * configured". With a listener that starts late that is hours after the deployment.
 *
 * <p>
 * Wrong: {@code value-deserializer: ErrorHandlingDeserializer} and nothing else. Right:
 * also {@code spring.kafka.consumer.properties.spring.deserializer.value.delegate.class}.
 *
 * <p>
 * Legitimate never: such a container cannot start.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/serdes.html#error-handling-deserializer">ErrorHandlingDeserializer</a>
 */
@Pitfall(id = "serialization-delegate-missing", title = "ErrorHandlingDeserializer has nothing to delegate to",
		severity = Severity.ERROR, why = "The container fails when it starts.",
		remedy = "spring.kafka.consumer.properties.spring.deserializer.value.delegate.class: <your deserializer>",
		since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class SerializationDelegateMissing implements StartupPitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : setup.mainListeners()) {
			for (DeserializerSide side : DeserializerSide.of(listener)) {
				String problem = delegates(side) ? problem(delegate(side).value()) : null;
				if (problem != null) {
					findings.add(finding(side, problem));
				}
			}
		}
		return findings;
	}

	private static boolean delegates(DeserializerSide side) {
		return !side.deserializer().instance()
				&& DeserializerSide.ERROR_HANDLING.equals(side.deserializer().className());
	}

	private static ConfigValue delegate(DeserializerSide side) {
		return side.listener().consumer().get(side.delegateKey());
	}

	private static Finding finding(DeserializerSide side, String problem) {
		ConfigValue delegate = delegate(side);
		Finding finding = Finding
			.of(side.listener().subject(),
					"The container fails when it starts: " + side.delegateKey() + " " + problem + ".")
			.withEvidence(side.evidence());
		if (delegate.value() != null) {
			finding = finding.withEvidence(delegate);
		}
		String property = delegate.origin().property();
		String fixed = (property != null) ? property : side.delegateProperty();
		return finding.withFix(Fix.set(fixed, "org.apache.kafka.common.serialization.StringDeserializer"));
	}

	/** What Spring Kafka will not accept about this delegate. */
	private static @Nullable String problem(@Nullable Object delegate) {
		if (delegate == null) {
			return "is not set";
		}
		Class<?> type = (delegate instanceof Class<?> given) ? given : load(delegate.toString());
		if (type == null) {
			return "names a class that cannot be loaded";
		}
		return Deserializer.class.isAssignableFrom(type) ? null : "names a class that is not a Deserializer";
	}

	private static @Nullable Class<?> load(String name) {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		int dot = name.lastIndexOf('.');
		// like Spring, accept a nested class whose name is written with a dot
		List<String> names = (dot > 0) ? List.of(name, name.substring(0, dot) + "$" + name.substring(dot + 1))
				: List.of(name);
		for (String candidate : names) {
			try {
				return Class.forName(candidate, false, loader);
			}
			catch (ClassNotFoundException | LinkageError ex) {
				// the next spelling
			}
		}
		return null;
	}

}
