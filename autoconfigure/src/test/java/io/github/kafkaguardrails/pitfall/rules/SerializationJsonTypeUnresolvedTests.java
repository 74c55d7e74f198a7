package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerMethod.AcknowledgmentParameter;
import io.github.kafkaguardrails.setup.ListenerMethod.ReturnKind;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SerializationJsonTypeUnresolved}. */
class SerializationJsonTypeUnresolvedTests {

	private static final String JSON = SpringSerdes.PACKAGE + "JacksonJsonDeserializer";

	private final SerializationJsonTypeUnresolved rule = new SerializationJsonTypeUnresolved();

	@Test
	void flagsAJsonDeserializerWithoutAnyType() {
		assertThat(check((listener) -> {
		})).hasSize(1);
	}

	@Test
	void flagsADelegate() {
		assertThat(check((listener) -> listener.valueDeserializer = new SerdeSetup(DeserializerSide.ERROR_HANDLING,
				false, true, JSON, null)))
			.hasSize(1);
	}

	@Test
	void flagsTheKeyToo() {
		assertThat(check((listener) -> listener.keyDeserializer = SerdeSetup.ofClass(JSON)))
			.extracting((finding) -> finding.harm().split(" ")[1])
			.containsExactly("key", "value");
	}

	@ParameterizedTest
	@CsvSource({ "spring.json.value.default.type,com.example.Order", "spring.json.value.type.method,com.example.T.of",
			"spring.json.type.mapping,order:com.example.Order", "spring.json.use.type.headers,false" })
	void ignoresWhatTellsTheType(String key, String value) {
		assertThat(check((listener) -> listener.code(key, value))).isEmpty();
	}

	@Test
	void isNotSatisfiedByTheTypeOfTheOtherSide() {
		assertThat(check((listener) -> listener.code("spring.json.key.default.type", "java.lang.String"))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.apache.kafka.common.serialization.StringDeserializer", "com.example.Json" })
	void ignoresOtherDeserializers(String className) {
		assertThat(check((listener) -> listener.valueDeserializer = SerdeSetup.ofClass(className))).isEmpty();
	}

	@Test
	void ignoresAnObjectWhoseTypeIsSetInCode() {
		assertThat(check((listener) -> listener.valueDeserializer = new SerdeSetup(JSON, true, false, null, null)))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> {
			listener.property("value.deserializer", "spring.kafka.consumer.value-deserializer", JSON);
			listener.methods = List.of(method("com.example.Payment"));
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.harm()).contains("renames or moves the class").contains("trusted package");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("value.deserializer = " + JSON + " (application.yml:12:13)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("spring.kafka.consumer.properties.spring.json.use.type.headers: false",
					"spring.kafka.consumer.properties.spring.json.value.default.type: com.example.Payment");
	}

	@ParameterizedTest
	@ValueSource(strings = { "java.util.List", "org.apache.kafka.clients.consumer.ConsumerRecord", "byte[]" })
	void doesNotSuggestATypeThatIsNoPayload(String type) {
		assertThat(check((listener) -> listener.methods = List.of(method(type))).get(0).fixes().get(1).text())
			.endsWith(": com.example.Order");
	}

	private static ListenerMethod method(String payloadType) {
		return new ListenerMethod("com.example.Orders", "handle", AcknowledgmentParameter.NONE, false,
				ReturnKind.SYNCHRONOUS, "void", false, payloadType);
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.keyDeserializer = SerdeSetup.ofClass(StringDeserializer.class.getName());
			listener.valueDeserializer = SerdeSetup.ofClass(JSON);
			customizer.accept(listener);
		}));
	}

}
