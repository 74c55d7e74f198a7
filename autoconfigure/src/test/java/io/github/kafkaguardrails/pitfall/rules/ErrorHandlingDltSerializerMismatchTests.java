package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.kafka.support.serializer.JacksonJsonDeserializer;
import org.springframework.kafka.support.serializer.JacksonJsonSerializer;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingDltSerializerMismatch}. */
class ErrorHandlingDltSerializerMismatchTests {

	private static final SerdeSetup PROTECTED_JSON = errorHandling(JacksonJsonDeserializer.class);

	private static final SerdeSetup STRING = serializer(StringSerializer.class, false);

	private final ErrorHandlingDltSerializerMismatch rule = new ErrorHandlingDltSerializerMismatch();

	@ParameterizedTest
	@EnumSource(value = Kind.class, names = { "DEAD_LETTER", "RETRY_TOPIC" })
	void flagsASerializerThatCannotWriteBytes(Kind kind) {
		assertThat(check(kind, null, STRING, (listener) -> listener.valueDeserializer = PROTECTED_JSON)).hasSize(1);
	}

	@Test
	void flagsTheKeyToo() {
		assertThat(check(Kind.DEAD_LETTER, STRING, null, (listener) -> listener.keyDeserializer = PROTECTED_JSON))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes().get(0).text())
				.startsWith("spring.kafka.producer.key-serializer:"));
	}

	@Test
	void ignoresASerializerThatWritesBytes() {
		assertThat(check(Kind.DEAD_LETTER, null, serializer(StringSerializer.class, true),
				(listener) -> listener.valueDeserializer = PROTECTED_JSON))
			.isEmpty();
	}

	@Test
	void ignoresASerializerThatNothingIsKnownAbout() {
		assertThat(check(Kind.DEAD_LETTER, null, SerdeSetup.ofClass("com.example.OrderSerializer"),
				(listener) -> listener.valueDeserializer = PROTECTED_JSON))
			.isEmpty();
		assertThat(check(Kind.DEAD_LETTER, null, null, (listener) -> listener.valueDeserializer = PROTECTED_JSON))
			.isEmpty();
	}

	@Test
	void ignoresDeserializersWhoseFailuresNeverReachTheRecoverer() {
		assertThat(check(Kind.DEAD_LETTER, null, STRING,
				(listener) -> listener.valueDeserializer = SerdeSetup.ofClass(JacksonJsonDeserializer.class.getName())))
			.isEmpty();
	}

	@Test
	void ignoresDelegatesThatCannotFail() {
		assertThat(check(Kind.DEAD_LETTER, STRING, null,
				(listener) -> listener.keyDeserializer = errorHandling(StringDeserializer.class)))
			.isEmpty();
	}

	@Test
	void ignoresContainersOfRetryTopics() {
		assertThat(check(Kind.DEAD_LETTER, null, STRING, (listener) -> {
			listener.valueDeserializer = PROTECTED_JSON;
			listener.role = ListenerSetup.Role.AUXILIARY;
		})).isEmpty();
	}

	@Test
	void ignoresKafkaGuardrailsWhichWritesBytes() {
		assertThat(check(Kind.GUARDRAILS, null, STRING, (listener) -> listener.valueDeserializer = PROTECTED_JSON))
			.isEmpty();
	}

	@Test
	void saysWhatATextSerializerDoesAndHowToMend() {
		Finding finding = check(Kind.DEAD_LETTER, null, STRING,
				(listener) -> listener.valueDeserializer = PROTECTED_JSON)
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly(
					"value serializer of the dead-letter template = " + StringSerializer.class.getName()
							+ " (com.example.Orders#handle)",
					"value.deserializer = " + DeserializerSide.ERROR_HANDLING + " (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("ClassCastException").contains("retried for ever");
		assertThat(finding.fixes()).hasSize(2);
		assertThat(finding.fixes().get(0).text()).isEqualTo(
				"spring.kafka.producer.value-serializer: org.springframework.kafka.support.serializer.StringOrBytesSerializer");
	}

	@Test
	void doesNotSuggestATextSerializerForJson() {
		assertThat(check(Kind.DEAD_LETTER, null, serializer(JacksonJsonSerializer.class, false),
				(listener) -> listener.valueDeserializer = PROTECTED_JSON))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.harm()).contains("something else than these bytes");
				assertThat(finding.fixes()).singleElement()
					.satisfies((fix) -> assertThat(fix.text()).contains("DelegatingByTypeSerializer"));
			});
	}

	private static SerdeSetup errorHandling(Class<?> delegate) {
		return new SerdeSetup(DeserializerSide.ERROR_HANDLING, false, true, delegate.getName(), null);
	}

	private static SerdeSetup serializer(Class<?> type, boolean acceptsBytes) {
		return new SerdeSetup(type.getName(), false, false, null, acceptsBytes);
	}

	private List<Finding> check(Kind kind, @Nullable SerdeSetup keySerializer, @Nullable SerdeSetup valueSerializer,
			Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.errorHandling = new ErrorHandlingSetup(kind, "retry, then dead-letter", null,
					new DeadLetterSetup("<topic>-dlt", keySerializer, valueSerializer), List.of());
			customizer.accept(listener);
		}));
	}

}
