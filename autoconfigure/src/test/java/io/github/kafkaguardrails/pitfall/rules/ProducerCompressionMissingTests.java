package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.TestSetup.ProducerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProducerCompressionMissing}. */
class ProducerCompressionMissingTests {

	private final ProducerCompressionMissing rule = new ProducerCompressionMissing();

	private static final String PROPERTY = "spring.kafka.producer.compression-type";

	@ParameterizedTest
	@ValueSource(strings = { "org.apache.kafka.common.serialization.StringSerializer",
			"org.springframework.kafka.support.serializer.JacksonJsonSerializer",
			"io.confluent.kafka.serializers.KafkaAvroSerializer",
			"io.apicurio.registry.serde.protobuf.ProtobufKafkaSerializer" })
	void flagsTextAndSchemas(String serializer) {
		assertThat(check((producer) -> producer.valueSerializer = SerdeSetup.ofClass(serializer))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.apache.kafka.common.serialization.ByteArraySerializer",
			"com.example.EncryptingSerializer", "unknown" })
	void ignoresOtherPayloads(String serializer) {
		assertThat(check((producer) -> producer.valueSerializer = SerdeSetup.ofClass(serializer))).isEmpty();
	}

	@Test
	void ignoresProducersThatCompress() {
		assertThat(check((producer) -> producer.property("compression.type", PROPERTY, "zstd"))).isEmpty();
	}

	@Test
	void ignoresDevelopment() {
		TestSetup setup = application().withProducer("kafkaProducerFactory", (producer) -> {
		});
		assertThat(this.rule.check(setup.build())).hasSize(1);
		setup.development = true;
		assertThat(this.rule.check(setup.build())).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((producer) -> producer.property("compression.type", PROPERTY, "none")
			.framework("value.serializer", StringSerializer.class)).get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("compression.type = none (application.yml:12:13)",
					"value.serializer = " + StringSerializer.class.getName() + " (Spring default)");
		assertThat(finding.harm()).contains("shrink");
		assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, "lz4"));
	}

	@Test
	void namesASerializerThatIsAnObject() {
		assertThat(check((producer) -> producer.valueSerializer = new SerdeSetup(StringSerializer.class.getName(), true,
				false, null, false))
			.get(0)
			.evidence()
			.get(1))
			.hasToString("value.serializer = " + StringSerializer.class.getName()
					+ " (set in code by bean 'kafkaProducerFactory')");
	}

	private List<Finding> check(Consumer<ProducerBuilder> customizer) {
		return this.rule.check(producer(customizer));
	}

}
