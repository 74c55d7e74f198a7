package io.github.kafkaguardrails.pitfall.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.SerdeSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static io.github.kafkaguardrails.setup.TestSetup.streams;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SerializationJackson2Deprecated}. */
class SerializationJackson2DeprecatedTests {

	private static final String SERIALIZER = SpringSerdes.PACKAGE + "JsonSerializer";

	private static final String DESERIALIZER = SpringSerdes.PACKAGE + "JsonDeserializer";

	private final SerializationJackson2Deprecated rule = new SerializationJackson2Deprecated();

	@Test
	void flagsASerializer() {
		assertThat(this.rule.check(producer((producer) -> {
			producer.valueSerializer = SerdeSetup.ofClass(SERIALIZER);
			producer.keySerializer = SerdeSetup.ofClass(SERIALIZER);
		}))).hasSize(2);
	}

	@Test
	void flagsADeserializerAndADelegate() {
		assertThat(
				this.rule.check(listener((listener) -> listener.valueDeserializer = SerdeSetup.ofClass(DESERIALIZER))))
			.hasSize(1);
		assertThat(this.rule.check(listener((listener) -> {
			listener.valueDeserializer = new SerdeSetup(DeserializerSide.ERROR_HANDLING, false, true, DESERIALIZER,
					null);
			listener.property("spring.deserializer.value.delegate.class", "spring.kafka.consumer.properties.x",
					DESERIALIZER);
		}))).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes().get(0).text())
				.isEqualTo("spring.kafka.consumer.properties.x: " + SpringSerdes.PACKAGE + "JacksonJsonDeserializer"));
	}

	@Test
	void flagsASerdeOfKafkaStreams() {
		assertThat(this.rule
			.check(streams((streams) -> streams.code("default.value.serde", SpringSerdes.PACKAGE + "JsonSerde"))))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes().get(0).text())
				.contains(SpringSerdes.PACKAGE + "JacksonJsonSerde"));
	}

	@ParameterizedTest
	@ValueSource(strings = { SpringSerdes.PACKAGE + "JacksonJsonDeserializer", "com.example.JsonDeserializer",
			SpringSerdes.PACKAGE + "JsonDeserializerOfMine" })
	void ignoresOtherClasses(String className) {
		assertThat(this.rule.check(listener((listener) -> listener.valueDeserializer = SerdeSetup.ofClass(className))))
			.isEmpty();
	}

	@Test
	void isAWarningWithoutJackson2() {
		Finding finding = this.rule
			.check(application()
				.with((setup) -> setup.missingClasses.add("com.fasterxml.jackson.databind.ObjectMapper"))
				.withProducer("factory", (producer) -> producer.valueSerializer = SerdeSetup.ofClass(SERIALIZER))
				.build())
			.get(0);
		assertThat(finding.severity()).isEqualTo(Severity.WARNING);
		assertThat(finding.harm()).contains("NoClassDefFoundError");
	}

	@Test
	void anObjectIsProofThatJackson2IsThere() {
		Finding finding = this.rule
			.check(application()
				.with((setup) -> setup.missingClasses.add("com.fasterxml.jackson.databind.ObjectMapper"))
				.withProducer("factory",
						(producer) -> producer.valueSerializer = new SerdeSetup(SERIALIZER, true, false, null, null))
				.build())
			.get(0);
		assertThat(finding.severity()).isEqualTo(Severity.INFO);
		assertThat(finding.fixes().get(0).text())
			.isEqualTo("create a " + SpringSerdes.PACKAGE + "JacksonJsonSerializer in its place");
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(producer((producer) -> {
			producer.valueSerializer = SerdeSetup.ofClass(SERIALIZER);
			producer.property("value.serializer", "spring.kafka.producer.value-serializer", SERIALIZER);
		})).get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.severity()).isEqualTo(Severity.INFO);
		assertThat(finding.harm()).contains("same spring.json settings");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("value.serializer = " + SERIALIZER + " (application.yml:12:13)");
		assertThat(finding.fixes().get(0).text())
			.isEqualTo("spring.kafka.producer.value-serializer: " + SpringSerdes.PACKAGE + "JacksonJsonSerializer");
	}

}
