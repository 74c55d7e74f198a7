package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags settings of Spring Kafka's {@code ErrorHandlingDeserializer} and JSON
 * (de)serializers that nothing reads, because the client uses other classes.
 *
 * <p>
 * Why it hurts: somebody adds the delegate of an {@code ErrorHandlingDeserializer} and
 * forgets the {@code ErrorHandlingDeserializer}. Everybody believes that poison pills are
 * taken care of, until the first one comes.
 *
 * <p>
 * Wrong: {@code spring.deserializer.value.delegate.class: JacksonJsonDeserializer} and
 * {@code value-deserializer: StringDeserializer}. Right: the same delegate and
 * {@code value-deserializer: ErrorHandlingDeserializer}.
 *
 * <p>
 * Legitimate for a setting that several clients share: as long as one of them reads it,
 * nothing is said. Nor is it when a (de)serializer is an object or a class of your own,
 * which may read anything.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/serdes.html">Serialization</a>
 */
@Pitfall(id = "serialization-delegate-ignored", title = "A setting of a serializer that is not in use",
		severity = Severity.WARNING,
		why = "The delegate, type or package that the setting names is never used: the protection that it promises is not there.",
		remedy = "spring.kafka.consumer.value-deserializer: org.springframework.kafka.support.serializer.ErrorHandlingDeserializer",
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SerializationDelegateIgnored implements PitfallRule {

	private static final String JSON_KEYS = "spring.json.";

	private static final Set<String> JSON_SERIALIZER_KEYS = Set.of("spring.json.add.type.headers",
			"spring.json.type.mapping");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Use> uses = new ArrayList<>();
		ConsumingListeners.of(setup).forEach((listener) -> {
			DeserializerSide.of(listener).forEach((side) -> uses.add(delegate(side)));
			uses.add(json(listener));
		});
		setup.producers().stream().filter((producer) -> !producer.customized()).map(Use::of).forEach(uses::add);
		Set<ConfigValue> read = new HashSet<>();
		setup.streams().forEach((streams) -> read.addAll(streams.config().given()));
		uses.stream().filter((use) -> use.owner() != Owner.ABSENT).forEach((use) -> read.addAll(use.values()));
		return uses.stream()
			.filter((use) -> use.owner() == Owner.ABSENT)
			.map((use) -> use.without(read))
			.filter((use) -> !use.values().isEmpty())
			.map(Use::finding)
			.toList();
	}

	private static Use delegate(DeserializerSide side) {
		Owner owner = Owner.of(side.deserializer().errorHandling(), SpringSerdes.understood(side.deserializer()));
		ListenerSetup listener = side.listener();
		return new Use(listener.subject(), owner,
				explicit(listener.consumer(), (key) -> key.startsWith("spring.deserializer." + side.name() + ".")),
				List.of(side.evidence()), "The " + side.name() + " deserializer is no ErrorHandlingDeserializer",
				Fix.set("spring.kafka.consumer." + side.name() + "-deserializer", DeserializerSide.ERROR_HANDLING));
	}

	private static Use json(ListenerSetup listener) {
		return new Use(listener.subject(), Owner.of(listener.keyDeserializer(), listener.valueDeserializer()),
				explicit(listener.consumer(), (key) -> key.startsWith(JSON_KEYS)),
				DeserializerSide.of(listener).stream().map(DeserializerSide::evidence).toList(),
				"No deserializer of this listener reads JSON",
				Fix.set("spring.kafka.consumer.value-deserializer", SpringSerdes.PACKAGE + "JacksonJsonDeserializer"));
	}

	private static List<ConfigValue> explicit(ClientConfig config, Predicate<String> keys) {
		return config.given().stream().filter((value) -> value.explicit() && keys.test(value.key())).toList();
	}

	/** Whether the class that reads a setting is in use. */
	private enum Owner {

		IN_USE, ABSENT, UNKNOWN;

		static Owner of(boolean inUse, boolean understood) {
			return inUse ? IN_USE : understood ? ABSENT : UNKNOWN;
		}

		static Owner of(SerdeSetup key, SerdeSetup value) {
			return of(SpringSerdes.json(key) || SpringSerdes.json(value),
					SpringSerdes.understood(key) && SpringSerdes.understood(value));
		}

	}

	/**
	 * Settings of one client that belong to one class.
	 *
	 * @param subject the client
	 * @param owner whether the class is in use
	 * @param values the settings
	 * @param classes what is in use instead
	 * @param reason what is in use, in words
	 * @param fix how to put the class to use
	 */
	private record Use(Subject subject, Owner owner, List<ConfigValue> values, List<ConfigValue> classes, String reason,
			Fix fix) {

		static Use of(ProducerSetup producer) {
			ClientConfig config = producer.config();
			return new Use(producer.subject(), Owner.of(producer.keySerializer(), producer.valueSerializer()),
					explicit(config, JSON_SERIALIZER_KEYS::contains),
					List.of(config.get("key.serializer"), config.get("value.serializer")),
					"No serializer of this producer writes JSON",
					Fix.set("spring.kafka.producer.value-serializer", SpringSerdes.PACKAGE + "JacksonJsonSerializer"));
		}

		Use without(Set<ConfigValue> read) {
			return new Use(this.subject, this.owner,
					this.values.stream().filter((value) -> !read.contains(value)).toList(), this.classes, this.reason,
					this.fix);
		}

		Finding finding() {
			Finding finding = Finding.of(this.subject,
					this.reason + ": nobody reads these settings, and what they promise does not happen.");
			for (ConfigValue value : this.values) {
				finding = finding.withEvidence(value);
			}
			for (ConfigValue value : this.classes) {
				finding = finding.withEvidence(value);
			}
			finding = finding.withFix(this.fix);
			for (ConfigValue value : this.values) {
				finding = finding.withFix(Remedy.delete(value));
			}
			return finding;
		}

	}

}
