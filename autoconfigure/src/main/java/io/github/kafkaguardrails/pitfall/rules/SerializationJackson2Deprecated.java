package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags clients that use Spring Kafka's (de)serializers for Jackson 2, which are
 * deprecated for removal. It is a warning when Jackson 2 is not on the class path.
 *
 * <p>
 * Why it hurts: Spring Boot 4 brings Jackson 3. Whoever upgrades and keeps the old class
 * names gets a {@code NoClassDefFoundError} from the first client, or, with Jackson 2
 * still there, the same work at the next upgrade under pressure.
 *
 * <p>
 * Wrong:
 * {@code value-serializer: org.springframework.kafka.support.serializer.JsonSerializer}.
 * Right: {@code …JacksonJsonSerializer}; the {@code spring.json.*} settings stay the
 * same.
 *
 * <p>
 * Legitimate while a payload needs a module that exists for Jackson 2 only.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/serdes.html#json-serde">JSON</a>
 */
@Pitfall(id = "serialization-jackson2-deprecated",
		title = "The Jackson 2 based Spring serializers are deprecated for removal", severity = Severity.WARNING,
		why = "The next major version removes them; without Jackson 2 on the class path they fail today.",
		remedy = "Use JacksonJsonSerializer and JacksonJsonDeserializer; the spring.json settings stay the same",
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SerializationJackson2Deprecated implements PitfallRule {

	private static final String JACKSON2 = "com.fasterxml.jackson.databind.ObjectMapper";

	private static final Map<String, String> REPLACEMENTS = Map.of(SpringSerdes.PACKAGE + "JsonSerializer",
			SpringSerdes.PACKAGE + "JacksonJsonSerializer", SpringSerdes.PACKAGE + "JsonDeserializer",
			SpringSerdes.PACKAGE + "JacksonJsonDeserializer", SpringSerdes.PACKAGE + "JsonSerde",
			SpringSerdes.PACKAGE + "JacksonJsonSerde");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		boolean missing = setup.application().platform().missingClasses().contains(JACKSON2);
		List<Finding> findings = new ArrayList<>();
		setup.producers().forEach((producer) -> {
			add(findings, producer.subject(), producer.keySerializer(), producer.config().get("key.serializer"),
					missing);
			add(findings, producer.subject(), producer.valueSerializer(), producer.config().get("value.serializer"),
					missing);
		});
		ConsumingListeners.of(setup)
			.forEach(
					(listener) -> DeserializerSide.of(listener)
						.forEach(
								(side) -> add(findings, listener.subject(), side.deserializer(),
										side.deserializer().errorHandling()
												? listener.consumer().get(side.delegateKey()) : side.evidence(),
										missing)));
		setup.streams()
			.forEach((streams) -> List.of("default.key.serde", "default.value.serde")
				.forEach((key) -> add(findings, streams.subject(), SerdeSetup.ofClass(streams.config().string(key)),
						streams.config().get(key), missing)));
		return findings;
	}

	private static void add(List<Finding> findings, Subject subject, SerdeSetup serde, ConfigValue setting,
			boolean missing) {
		String replacement = REPLACEMENTS.get(serde.effectiveClassName());
		if (replacement == null) {
			return;
		}
		boolean fails = missing && !serde.instance();
		String harm = fails
				? "Jackson 2 is not on the class path: the client fails with a NoClassDefFoundError when it is created."
				: "The class needs Jackson 2 and will be removed; its successor for Jackson 3 reads the same spring.json settings.";
		ConfigValue evidence = serde.instance()
				? ConfigValue.of(setting.key(), serde.effectiveClassName(), setting.origin()) : setting;
		Fix fix = serde.instance() ? Fix.action("create a " + replacement + " in its place")
				: Remedy.change(setting, replacement);
		findings.add(Finding.of(subject, harm)
			.withSeverity(fails ? Severity.WARNING : Severity.INFO)
			.withEvidence(evidence)
			.withFix(fix));
	}

}
