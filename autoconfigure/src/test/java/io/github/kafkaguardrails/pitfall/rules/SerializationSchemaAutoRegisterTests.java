package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TestSetup.ProducerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SerializationSchemaAutoRegister}. */
class SerializationSchemaAutoRegisterTests {

	private static final String AVRO = "io.confluent.kafka.serializers.KafkaAvroSerializer";

	private static final String KEY = "auto.register.schemas";

	private final SerializationSchemaAutoRegister rule = new SerializationSchemaAutoRegister();

	@Test
	void flagsARegistrySerializer() {
		assertThat(check((producer) -> {
		})).hasSize(1);
	}

	@Test
	void flagsTheKeyToo() {
		assertThat(check((producer) -> {
			producer.keySerializer = producer.valueSerializer;
			producer.valueSerializer = SerdeSetup.ofClass("com.example.Serializer");
		})).hasSize(1);
	}

	@Test
	void flagsRegistrationThatIsAskedFor() {
		assertThat(check((producer) -> producer.property(KEY, "spring.kafka.properties." + KEY, true))).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).extracting((fix) -> fix.text())
				.startsWith("spring.kafka.properties." + KEY));
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "FALSE" })
	void ignoresRegistrationThatIsSwitchedOff(String value) {
		assertThat(check((producer) -> producer.code(KEY, value))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.confluent.kafka.serializers.KafkaJsonSerializer", "com.example.KafkaAvroSerializer" })
	void ignoresOtherSerializers(String className) {
		assertThat(check((producer) -> producer.valueSerializer = SerdeSetup.ofClass(className))).isEmpty();
	}

	@Test
	void ignoresAnObjectAndACustomizedFactory() {
		assertThat(check((producer) -> producer.valueSerializer = new SerdeSetup(AVRO, true, false, null, null)))
			.isEmpty();
		assertThat(check((producer) -> producer.customized = true)).isEmpty();
	}

	@Test
	void ignoresDevelopment() {
		assertThat(this.rule.check(application().with((setup) -> setup.development = true)
			.withProducer("factory", (producer) -> producer.valueSerializer = SerdeSetup.ofClass(AVRO))
			.build())).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(
				(producer) -> producer.property("value.serializer", "spring.kafka.producer.value-serializer", AVRO))
			.get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("value.serializer = " + AVRO + " (application.yml:12:13)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("spring.kafka.producer.properties.auto.register.schemas: false",
					"spring.kafka.producer.properties.use.latest.version: true");
	}

	private List<Finding> check(Consumer<ProducerBuilder> customizer) {
		return this.rule.check(producer((producer) -> {
			producer.valueSerializer = SerdeSetup.ofClass(AVRO);
			customizer.accept(producer);
		}));
	}

}
