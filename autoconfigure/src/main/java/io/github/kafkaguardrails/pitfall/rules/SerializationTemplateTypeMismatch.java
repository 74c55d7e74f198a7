package io.github.kafkaguardrails.pitfall.rules;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import com.google.auto.service.AutoService;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TemplateSetup;
import io.github.kafkaguardrails.setup.TemplateSetup.Injection;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Flags templates that are injected for a type that their serializer cannot write. For
 * values it is an error. It is a warning for keys, because a record may have none, and
 * where a bean method or a configuration receives the template, because it may hand it to
 * something that sends another type.
 *
 * <p>
 * Why it hurts: Spring Boot's template is declared with wildcards, so that the injection
 * succeeds whatever types are asked for. The tests mock the template; the first send in
 * production throws a {@code SerializationException}.
 *
 * <p>
 * Wrong: {@code KafkaTemplate<String, Order>} with Spring Boot's default
 * {@code StringSerializer}. Right: {@code value-serializer: …JacksonJsonSerializer}.
 *
 * <p>
 * Legitimate when everything is sent as a {@code Message} with another payload: declare
 * the template with that type. Serializers of any type, and templates with a converter,
 * an interceptor or a post-processor, are not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/serdes.html">Serialization</a>
 */
@Pitfall(id = "serialization-template-type-mismatch",
		title = "The template is injected for a type that its serializer cannot write", severity = Severity.ERROR,
		why = "The injection succeeds, and the first send throws a SerializationException.",
		remedy = "spring.kafka.producer.value-serializer: org.springframework.kafka.support.serializer.JacksonJsonSerializer",
		since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class SerializationTemplateTypeMismatch implements StartupPitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ProducerSetup producer : setup.producers()) {
			if (!producer.customized() && producer.config().list("interceptor.classes").isEmpty()) {
				for (TemplateSetup template : producer.templates()) {
					add(findings, producer, template);
				}
			}
		}
		return findings;
	}

	private static void add(List<Finding> findings, ProducerSetup producer, TemplateSetup template) {
		if (template.converting()) {
			return;
		}
		for (Injection injection : template.injections()) {
			Class<?> key = mismatch(producer.keySerializer(), injection.keyType());
			if (key != null) {
				findings.add(finding(producer, template, injection, key, "key").withSeverity(Severity.WARNING));
			}
			Class<?> value = mismatch(producer.valueSerializer(), injection.valueType());
			if (value != null) {
				findings.add(finding(producer, template, injection, value, "value")
					.withSeverity(injection.passedOn() ? Severity.WARNING : Severity.ERROR));
			}
		}
	}

	/** The type that is injected, when the serializer can certainly not write it. */
	private static @Nullable Class<?> mismatch(SerdeSetup serializer, @Nullable String injected) {
		Class<?> type = (injected != null) ? LoadableClass.find(injected) : null;
		Class<?> serializerType = LoadableClass.find(serializer.className());
		if (type == null || serializerType == null) {
			return null;
		}
		Class<?> written = ResolvableType.forClass(serializerType).as(Serializer.class).getGeneric(0).resolve();
		return (written != null && unrelated(type, written)) ? type : null;
	}

	/** Whether no object can be of both types. */
	private static boolean unrelated(Class<?> one, Class<?> other) {
		boolean open = (one.isInterface() && !isFinal(other)) || (other.isInterface() && !isFinal(one));
		return !open && !one.isAssignableFrom(other) && !other.isAssignableFrom(one);
	}

	private static boolean isFinal(Class<?> type) {
		return Modifier.isFinal(type.getModifiers());
	}

	private static Finding finding(ProducerSetup producer, TemplateSetup template, Injection injection, Class<?> type,
			String side) {
		ConfigValue serializer = producer.config().get(side + ".serializer");
		SerdeSetup used = side.equals("key") ? producer.keySerializer() : producer.valueSerializer();
		String harm = "The serializer does not write a " + type.getTypeName() + ": "
				+ (side.equals("key") ? "a send with a key" : "every send") + " throws a SerializationException.";
		Finding finding = Finding.of(producer.subject(), harm)
			.withEvidence(ConfigValue.of("template '" + template.name() + "' " + side + " type", type.getTypeName(),
					ValueOrigin.annotation(injection.place())))
			.withEvidence(ConfigValue.of(serializer.key(), used.className(), serializer.origin()));
		if (used.instance()) {
			return finding.withFix(Fix.action("give the factory a serializer for " + type.getTypeName()));
		}
		return Remedy.set(finding, serializer, "spring.kafka.producer." + side + "-serializer", serializerFor(type));
	}

	private static String serializerFor(Class<?> type) {
		String kafka = "org.apache.kafka.common.serialization.";
		if (type == byte[].class) {
			return kafka + "ByteArraySerializer";
		}
		return (type == String.class) ? kafka + "StringSerializer" : SpringSerdes.PACKAGE + "JacksonJsonSerializer";
	}

}
