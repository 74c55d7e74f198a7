package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SerializationBatchFailureBecomesNull}. */
class SerializationBatchFailureBecomesNullTests {

	private final SerializationBatchFailureBecomesNull rule = new SerializationBatchFailureBecomesNull();

	@Test
	void flagsABatchListenerWithAnErrorHandlingDeserializer() {
		assertThat(check((listener) -> {
		})).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(value = ContainerSetup.Type.class, names = "BATCH", mode = EnumSource.Mode.EXCLUDE)
	void ignoresOtherListeners(ContainerSetup.Type type) {
		assertThat(check((listener) -> listener.type = type)).isEmpty();
	}

	@Test
	void ignoresListenersWhosePoisonPillsKafkaGuardrailsHandles() {
		assertThat(check((listener) -> listener.errorHandling = ErrorHandlingSetup.of(Kind.GUARDRAILS, "x"))).isEmpty();
	}

	@Test
	void ignoresAFunctionThatReplacesTheValue() {
		assertThat(check((listener) -> listener.code("spring.deserializer.value.function", "com.example.Fallback")))
			.isEmpty();
	}

	@Test
	void ignoresAnErrorHandlingDeserializerForTheKeyAlone() {
		assertThat(check((listener) -> {
			listener.keyDeserializer = listener.valueDeserializer;
			listener.valueDeserializer = SerdeSetup.ofClass(StringDeserializer.class.getName());
		})).isEmpty();
	}

	@Test
	void claimsNothingOfAnObject() {
		assertThat(check((listener) -> listener.valueDeserializer = new SerdeSetup(DeserializerSide.ERROR_HANDLING,
				true, true, StringDeserializer.class.getName(), null)))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> listener.property("value.deserializer",
				"spring.kafka.consumer.value-deserializer", DeserializerSide.ERROR_HANDLING))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.harm()).contains("a null in the list");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("value.deserializer = " + DeserializerSide.ERROR_HANDLING + " (application.yml:12:13)",
					"error handling = 3 attempts, then log (com.example.Orders#handle)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.startsWith("remove your error handler: Kafka Guardrails handles such a record with its bytes",
					"spring.kafka.listener.type: single");
	}

	@Test
	void springsDefaultIsMendedBySafeDefaults() {
		assertThat(check((listener) -> listener.errorHandling = ErrorHandlingSetup.of(Kind.SPRING_DEFAULT, "x")).get(0)
			.fixes()
			.get(0)
			.text()).isEqualTo("kafka.guardrails.safe-defaults: true");
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.type = ContainerSetup.Type.BATCH;
			listener.errorHandling = ErrorHandlingSetup.of(Kind.LOG_AND_SKIP, "3 attempts, then log");
			listener.valueDeserializer = new SerdeSetup(DeserializerSide.ERROR_HANDLING, false, true,
					StringDeserializer.class.getName(), null);
			customizer.accept(listener);
		}));
	}

}
