package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ListenerMethod;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerPayloadNotConvertible}. */
class ListenerPayloadNotConvertibleTests {

	private final ListenerPayloadNotConvertible rule = new ListenerPayloadNotConvertible();

	@Test
	void refusesAPayloadThatCannotBeMade() {
		assertThat(check((listener) -> {
		})).singleElement().extracting(Finding::severity).isNull();
	}

	@Test
	void ignoresAPayloadThatCanBeMade() {
		assertThat(check((listener) -> listener.payloadInconvertible = false)).isEmpty();
	}

	@Test
	void ignoresContainersOfRetryTopics() {
		assertThat(check((listener) -> listener.role = ListenerSetup.Role.AUXILIARY)).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> listener.framework("value.deserializer", StringDeserializer.class))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("payload type = com.example.Order (com.example.Orders#handle)",
					"value.deserializer = " + StringDeserializer.class.getName() + " (Spring default)");
		assertThat(finding.harm()).startsWith("No record reaches the method");
		assertThat(finding.fixes()).extracting(Fix::text)
			.containsExactly("spring.kafka.consumer.value-deserializer: " + DeserializerSide.ERROR_HANDLING,
					"spring.kafka.consumer.properties.spring.deserializer.value.delegate.class: "
							+ "org.springframework.kafka.support.serializer.JacksonJsonDeserializer",
					"spring.kafka.consumer.properties.spring.json.value.default.type: com.example.Order",
					"spring.kafka.consumer.properties.spring.json.use.type.headers: false",
					"or declare a bean new JacksonJsonMessageConverter(), which makes the payload type of each method");
	}

	@Test
	void namesNoPropertyWhereTheDeserializerIsAnObject() {
		assertThat(check((listener) -> listener.valueDeserializer = new SerdeSetup(StringDeserializer.class.getName(),
				true, false, null, null))
			.get(0)
			.fixes()).singleElement().extracting(Fix::kind).isEqualTo(Fix.Kind.DO);
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.payloadInconvertible = true;
			listener.methods = List
				.of(new ListenerMethod("com.example.Orders", "handle", ListenerMethod.AcknowledgmentParameter.NONE,
						false, ListenerMethod.ReturnKind.SYNCHRONOUS, "void", false, "com.example.Order"));
			customizer.accept(listener);
		}));
	}

}
