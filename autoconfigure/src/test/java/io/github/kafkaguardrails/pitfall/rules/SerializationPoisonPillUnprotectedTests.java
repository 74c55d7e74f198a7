package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.VoidDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.support.serializer.DelegatingByTopicDeserializer;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.kafka.support.serializer.JacksonJsonDeserializer;
import org.springframework.kafka.support.serializer.RetryingDeserializer;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SerializationPoisonPillUnprotected}. */
class SerializationPoisonPillUnprotectedTests {

	private static final SerdeSetup JSON = SerdeSetup.ofClass(JacksonJsonDeserializer.class.getName());

	private final SerializationPoisonPillUnprotected rule = new SerializationPoisonPillUnprotected();

	@ParameterizedTest
	@EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = { "GUARDRAILS", "STOPPING", "CUSTOM" })
	void flagsADeserializerThatCanFail(Kind kind) {
		assertThat(check(kind, (listener) -> listener.valueDeserializer = JSON)).extracting(Finding::severity)
			.containsExactly(Severity.WARNING);
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, names = { "GUARDRAILS", "STOPPING" })
	void ignoresHandlersThatCope(Kind kind) {
		assertThat(check(kind, (listener) -> listener.valueDeserializer = JSON)).isEmpty();
	}

	@Test
	void onlyInformsAboutHandlersThatNothingIsKnownAbout() {
		assertThat(check(Kind.CUSTOM, (listener) -> listener.valueDeserializer = JSON)).extracting(Finding::severity)
			.containsExactly(Severity.INFO);
	}

	@Test
	void ignoresAnErrorHandlingDeserializer() {
		assertThat(
				check(Kind.DEAD_LETTER,
						(listener) -> listener.valueDeserializer = new SerdeSetup(
								ErrorHandlingDeserializer.class.getName(), false, true, JSON.className(), null)))
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(classes = { StringDeserializer.class, ByteArrayDeserializer.class, BytesDeserializer.class,
			ByteBufferDeserializer.class, VoidDeserializer.class })
	void ignoresDeserializersThatCannotFail(Class<?> type) {
		assertThat(
				check(Kind.DEAD_LETTER, (listener) -> listener.valueDeserializer = SerdeSetup.ofClass(type.getName())))
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(classes = { DelegatingByTopicDeserializer.class, RetryingDeserializer.class,
			SerializationPoisonPillUnprotectedTests.class })
	void onlyInformsAboutDeserializersThatNothingIsKnownAbout(Class<?> type) {
		assertThat(
				check(Kind.DEAD_LETTER, (listener) -> listener.valueDeserializer = SerdeSetup.ofClass(type.getName())))
			.extracting(Finding::severity)
			.containsExactly(Severity.INFO);
	}

	@ParameterizedTest
	@ValueSource(strings = { "unknown", "" })
	void ignoresDeserializersWhoseClassIsNotKnown(String className) {
		assertThat(check(Kind.DEAD_LETTER, (listener) -> listener.valueDeserializer = SerdeSetup.ofClass(className)))
			.isEmpty();
	}

	@Test
	void flagsTheKeyToo() {
		assertThat(check(Kind.DEAD_LETTER,
				(listener) -> listener.keyDeserializer = SerdeSetup.ofClass(LongDeserializer.class.getName())))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes().get(1).text()).isEqualTo(
					"spring.kafka.consumer.properties.spring.deserializer.key.delegate.class: org.apache.kafka.common.serialization.LongDeserializer"));
	}

	@Test
	void reportsBothSidesOnce() {
		assertThat(check(Kind.DEAD_LETTER, (listener) -> {
			listener.keyDeserializer = SerdeSetup.ofClass("com.example.OrderKeyDeserializer");
			listener.valueDeserializer = JSON;
		})).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.evidence()).extracting(ConfigValue::key)
				.containsExactly("key.deserializer", "value.deserializer");
		});
	}

	@Test
	void ignoresShareGroupsAndContainersOfRetryTopics() {
		assertThat(check(Kind.DEAD_LETTER, (listener) -> {
			listener.valueDeserializer = JSON;
			listener.type = ContainerSetup.Type.SHARE;
		})).isEmpty();
		assertThat(check(Kind.DEAD_LETTER, (listener) -> {
			listener.valueDeserializer = JSON;
			listener.role = ListenerSetup.Role.AUXILIARY;
		})).isEmpty();
	}

	@Test
	void offersWhatKafkaGuardrailsDoesByItself() {
		assertThat(check(Kind.SPRING_DEFAULT, (listener) -> listener.valueDeserializer = JSON).get(0).fixes()).last()
			.hasToString("Fix[kind=SET, text=kafka.guardrails.safe-defaults: true]");
		assertThat(check(Kind.DEAD_LETTER, (listener) -> listener.valueDeserializer = JSON).get(0).fixes()).last()
			.satisfies((fix) -> assertThat(fix.text()).startsWith("remove your error handler"));
		assertThat(check(Kind.RETRY_TOPIC, (listener) -> listener.valueDeserializer = JSON).get(0).fixes()).hasSize(2);
	}

	@Test
	void tellsToWrapAnObjectInTheFactory() {
		assertThat(check(Kind.DEAD_LETTER,
				(listener) -> listener.valueDeserializer = new SerdeSetup(JSON.className(), true, false, null, null)))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes().get(0).text())
				.isEqualTo("wrap the value deserializer in the factory: new ErrorHandlingDeserializer<>(...)"));
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(Kind.DEAD_LETTER, (listener) -> {
			listener.valueDeserializer = JSON;
			listener.property("value.deserializer", "spring.kafka.consumer.value-deserializer",
					JacksonJsonDeserializer.class);
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("value.deserializer = " + JSON.className() + " (application.yml:12:13)");
		assertThat(finding.harm()).contains("the container loops on its offset for ever");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.startsWith("spring.kafka.consumer.value-deserializer: " + ErrorHandlingDeserializer.class.getName(),
					"spring.kafka.consumer.properties.spring.deserializer.value.delegate.class: " + JSON.className());
	}

	private List<Finding> check(Kind kind, Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.errorHandling = ErrorHandlingSetup.of(kind, "some handling");
			customizer.accept(listener);
		}));
	}

}
