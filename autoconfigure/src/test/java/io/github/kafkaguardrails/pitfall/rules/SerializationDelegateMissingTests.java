package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SerializationDelegateMissing}. */
class SerializationDelegateMissingTests {

	private static final String KEY = "spring.deserializer.value.delegate.class";

	private static final String PROPERTY = "spring.kafka.consumer.properties." + KEY;

	private final SerializationDelegateMissing rule = new SerializationDelegateMissing();

	@Test
	void flagsAnErrorHandlingDeserializerWithoutDelegate() {
		assertThat(check((listener) -> {
		})).hasSize(1);
	}

	@Test
	void ignoresADelegateGivenByName() {
		assertThat(check((listener) -> listener.property(KEY, PROPERTY, StringDeserializer.class.getName()))).isEmpty();
	}

	@Test
	void ignoresADelegateGivenAsClass() {
		assertThat(check((listener) -> listener.code(KEY, StringDeserializer.class))).isEmpty();
	}

	@Test
	void ignoresANestedClassWithADotInItsName() {
		assertThat(check((listener) -> listener.property(KEY, PROPERTY, Nested.class.getCanonicalName()))).isEmpty();
	}

	@Test
	void flagsADelegateThatCannotBeLoaded() {
		assertThat(check((listener) -> listener.property(KEY, PROPERTY, "com.example.Missing"))).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.harm()).endsWith("names a class that cannot be loaded.");
				assertThat(finding.evidence().get(1))
					.hasToString(KEY + " = com.example.Missing (application.yml:12:13)");
			});
	}

	@Test
	void flagsADelegateThatIsNoDeserializer() {
		assertThat(check((listener) -> listener.code(KEY, String.class))).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).endsWith("names a class that is not a Deserializer."));
	}

	@Test
	void flagsTheKeyToo() {
		assertThat(this.rule.check(listener((listener) -> listener.keyDeserializer = errorHandling(false))))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("spring.deserializer.key.delegate.class"));
	}

	@Test
	void ignoresAnObjectWhichBringsItsDelegate() {
		assertThat(check((listener) -> listener.valueDeserializer = errorHandling(true))).isEmpty();
	}

	@Test
	void ignoresASubclassWhichMaySetItsDelegate() {
		assertThat(check((listener) -> listener.valueDeserializer = new SerdeSetup("com.example.SafeDeserializer",
				false, true, null, null)))
			.isEmpty();
	}

	@Test
	void ignoresContainersOfRetryTopics() {
		assertThat(check((listener) -> listener.role = ListenerSetup.Role.AUXILIARY)).isEmpty();
	}

	@Test
	void ignoresOtherDeserializers() {
		assertThat(check(
				(listener) -> listener.valueDeserializer = SerdeSetup.ofClass(StringDeserializer.class.getName())))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> listener.property("value.deserializer",
				"spring.kafka.consumer.value-deserializer", DeserializerSide.ERROR_HANDLING))
			.get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("value.deserializer = " + DeserializerSide.ERROR_HANDLING + " (application.yml:12:13)");
		assertThat(finding.harm()).isEqualTo("The container fails when it starts: " + KEY + " is not set.");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text())
				.isEqualTo(PROPERTY + ": org.apache.kafka.common.serialization.StringDeserializer"));
	}

	private static SerdeSetup errorHandling(boolean instance) {
		return new SerdeSetup(DeserializerSide.ERROR_HANDLING, instance, true, null, null);
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.valueDeserializer = errorHandling(false);
			customizer.accept(listener);
		}));
	}

	/** A deserializer inside another class. */
	public static final class Nested implements Deserializer<Map<String, String>> {

		@Override
		public Map<String, String> deserialize(String topic, byte[] data) {
			return Map.of();
		}

	}

}
