package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SerializationDelegateIgnored}. */
class SerializationDelegateIgnoredTests {

	private static final String DELEGATE = "spring.deserializer.value.delegate.class";

	private static final String TYPE = "spring.json.value.default.type";

	private static final SerdeSetup JSON = SerdeSetup.ofClass(SpringSerdes.PACKAGE + "JacksonJsonDeserializer");

	private final SerializationDelegateIgnored rule = new SerializationDelegateIgnored();

	@Test
	void flagsADelegateWithoutItsErrorHandlingDeserializer() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.valueDeserializer = JSON;
			delegate(listener);
		}))).hasSize(1);
	}

	@Test
	void ignoresADelegateInUse() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.valueDeserializer = new SerdeSetup(DeserializerSide.ERROR_HANDLING, false, true,
					StringDeserializer.class.getName(), null);
			delegate(listener);
		}))).isEmpty();
	}

	@Test
	void looksAtTheSideThatTheDelegateIsFor() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.keyDeserializer = new SerdeSetup(DeserializerSide.ERROR_HANDLING, false, true,
					StringDeserializer.class.getName(), null);
			delegate(listener);
		}))).hasSize(1);
	}

	@Test
	void flagsJsonSettingsWithoutAJsonDeserializer() {
		assertThat(this.rule.check(listener((listener) -> json(listener)))).hasSize(1);
	}

	@Test
	void ignoresJsonSettingsOfAJsonDeserializer() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.valueDeserializer = JSON;
			json(listener);
		}))).isEmpty();
	}

	@Test
	void ignoresJsonSettingsOfADelegate() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.valueDeserializer = new SerdeSetup(DeserializerSide.ERROR_HANDLING, false, true, JSON.className(),
					null);
			json(listener);
		}))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.example.Deserializer", SerdeSetup.UNKNOWN_CLASS,
			SpringSerdes.PACKAGE + "DelegatingByTopicDeserializer" })
	void abstainsWhenTheClassMayReadAnything(String className) {
		assertThat(this.rule.check(listener((listener) -> {
			listener.valueDeserializer = SerdeSetup.ofClass(className);
			delegate(listener);
			json(listener);
		}))).isEmpty();
	}

	@Test
	void abstainsForAnObject() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.valueDeserializer = new SerdeSetup(StringDeserializer.class.getName(), true, false, null, null);
			delegate(listener);
		}))).isEmpty();
	}

	@Test
	void ignoresASettingThatAnotherClientReads() {
		assertThat(this.rule
			.check(application().withListener("text", (listener) -> json(listener)).withListener("json", (listener) -> {
				listener.valueDeserializer = JSON;
				json(listener);
			}).build())).isEmpty();
	}

	@Test
	void flagsASharedSettingThatNobodyReads() {
		assertThat(this.rule.check(application().withListener("one", (listener) -> json(listener))
			.withListener("two", (listener) -> json(listener))
			.build())).hasSize(2);
	}

	@Test
	void ignoresASettingThatKafkaStreamsMayRead() {
		assertThat(this.rule.check(application().withListener("text", (listener) -> json(listener))
			.withStreams("streams", (streams) -> streams.property(TYPE, "spring.kafka.properties." + TYPE, "x"))
			.build())).isEmpty();
	}

	@Test
	void ignoresShareConsumers() {
		assertThat(this.rule.check(listener((listener) -> {
			listener.type = ContainerSetup.Type.SHARE;
			json(listener);
		}))).isEmpty();
	}

	@Test
	void flagsJsonSettingsOfAProducerWithoutAJsonSerializer() {
		assertThat(this.rule.check(producer((producer) -> producer.code("spring.json.add.type.headers", false)
			.code("spring.json.trusted.packages", "x")))).singleElement().satisfies((finding) -> {
				assertThat(finding.evidence().get(0).key()).isEqualTo("spring.json.add.type.headers");
				assertThat(finding.evidence()).hasSize(3);
				assertThat(finding.fixes().get(0).text()).isEqualTo("spring.kafka.producer.value-serializer: "
						+ "org.springframework.kafka.support.serializer.JacksonJsonSerializer");
			});
	}

	@Test
	void ignoresAProducerWithAJsonSerializerOrAnUnknownOne() {
		for (String serializer : List.of(SpringSerdes.PACKAGE + "JacksonJsonSerializer", "com.example.Serializer")) {
			assertThat(this.rule.check(producer((producer) -> {
				producer.valueSerializer = SerdeSetup.ofClass(serializer);
				producer.code("spring.json.type.mapping", "order:com.example.Order");
			}))).as(serializer).isEmpty();
		}
		assertThat(this.rule.check(producer((producer) -> {
			producer.customized = true;
			producer.keySerializer = SerdeSetup.ofClass(StringSerializer.class.getName());
			producer.code("spring.json.type.mapping", "order:com.example.Order");
		}))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(listener((listener) -> {
			listener.framework("value.deserializer", StringDeserializer.class);
			delegate(listener);
		})).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.harm()).startsWith("The value deserializer is no ErrorHandlingDeserializer");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly(
					DELEGATE + " = org.apache.kafka.common.serialization.StringDeserializer (application.yml:12:13)",
					"value.deserializer = org.apache.kafka.common.serialization.StringDeserializer (Spring default)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("spring.kafka.consumer.value-deserializer: " + DeserializerSide.ERROR_HANDLING,
					"spring.kafka.consumer.properties." + DELEGATE);
	}

	private static void delegate(TestSetup.ListenerBuilder listener) {
		listener.property(DELEGATE, "spring.kafka.consumer.properties." + DELEGATE, StringDeserializer.class.getName());
	}

	private static void json(TestSetup.ListenerBuilder listener) {
		listener.property(TYPE, "spring.kafka.properties." + TYPE, "x");
	}

}
