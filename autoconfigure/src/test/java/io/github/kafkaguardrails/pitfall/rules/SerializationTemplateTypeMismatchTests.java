package io.github.kafkaguardrails.pitfall.rules;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.TemplateSetup;
import io.github.kafkaguardrails.setup.TemplateSetup.Injection;
import io.github.kafkaguardrails.setup.TestSetup.ProducerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Tests for {@link SerializationTemplateTypeMismatch}. */
class SerializationTemplateTypeMismatchTests {

	private final SerializationTemplateTypeMismatch rule = new SerializationTemplateTypeMismatch();

	@Test
	void flagsAPayloadForTheDefaultSerializer() {
		assertThat(check(Order.class, (producer) -> {
		})).singleElement().satisfies((finding) -> assertThat(finding.severity()).isEqualTo(Severity.ERROR));
	}

	@ParameterizedTest
	@ValueSource(classes = { byte[].class, Map.class, Integer.class })
	void flagsWhateverIsNoText(Class<?> type) {
		assertThat(check(type, (producer) -> {
		})).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(classes = { String.class, CharSequence.class, Serializable.class, Object.class })
	void ignoresWhatMayBeText(Class<?> type) {
		assertThat(check(type, (producer) -> {
		})).isEmpty();
	}

	@Test
	void ignoresASubtypeAndASupertype() {
		for (Class<?> type : List.of(Special.class, Base.class, Object.class, Marker.class)) {
			assertThat(check(type, (producer) -> producer.valueSerializer = serde(OrderSerializer.class)))
				.as("%s", type)
				.isEmpty();
		}
		assertThat(check(Integer.class, (producer) -> producer.valueSerializer = serde(OrderSerializer.class)))
			.hasSize(1);
	}

	@Test
	void ignoresASerializerOfAnyType() {
		for (String serializer : List.of(SpringSerdes.PACKAGE + "JacksonJsonSerializer",
				SpringSerdes.PACKAGE + "DelegatingByTypeSerializer", SpringSerdes.PACKAGE + "StringOrBytesSerializer",
				"com.example.Missing", SerdeSetup.UNKNOWN_CLASS, "")) {
			assertThat(check(Order.class, (producer) -> producer.valueSerializer = SerdeSetup.ofClass(serializer)))
				.as(serializer)
				.isEmpty();
		}
	}

	@Test
	void ignoresWhatMayConvert() {
		assertThat(check(Order.class, (producer) -> producer.customized = true)).isEmpty();
		assertThat(check(Order.class, (producer) -> producer.code("interceptor.classes", "com.example.Converting")))
			.isEmpty();
		assertThat(this.rule.check(producer((producer) -> producer.templates = List
			.of(new TemplateSetup("template", false, true, List.of(injection(null, Order.class, false))))))).isEmpty();
	}

	@Test
	void isAWarningForKeysAndForConfigurations() {
		assertThat(this.rule.check(producer((producer) -> producer.templates = List.of(new TemplateSetup("template",
				false, false, List.of(injection(Integer.class, null, false), injection(null, Order.class, true)))))))
			.extracting(Finding::severity)
			.containsExactly(Severity.WARNING, Severity.WARNING);
	}

	@Test
	void whatIsFlaggedCannotBeSent() {
		Serializer<?> serializer = new StringSerializer();
		assertThat(catchThrowable(() -> unchecked(serializer).serialize("t", 1)))
			.isInstanceOfAny(ClassCastException.class, SerializationException.class);
	}

	@Test
	void suggestsASerializerForTheType() {
		assertThat(fix(byte[].class, StringSerializer.class)).endsWith(": " + ByteArraySerializer.class.getName());
		assertThat(fix(String.class, IntegerSerializer.class)).endsWith(": " + StringSerializer.class.getName());
		assertThat(fix(Order.class, StringSerializer.class))
			.isEqualTo("spring.kafka.producer.value-serializer: " + SpringSerdes.PACKAGE + "JacksonJsonSerializer");
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(Order.class,
				(producer) -> producer.framework("value.serializer", StringSerializer.class))
			.get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.harm()).isEqualTo("The serializer does not write a " + Order.class.getName()
				+ ": every send throws a SerializationException.");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("template 'kafkaTemplate' value type = " + Order.class.getName() + " (com.example.Shop)",
					"value.serializer = org.apache.kafka.common.serialization.StringSerializer (Spring default)");
	}

	@Test
	void anObjectIsReplacedInCode() {
		assertThat(check(Order.class,
				(producer) -> producer.valueSerializer = new SerdeSetup(StringSerializer.class.getName(), true, false,
						null, null))
			.get(0)
			.fixes()
			.get(0)
			.text()).isEqualTo("give the factory a serializer for " + Order.class.getName());
	}

	private String fix(Class<?> type, Class<?> serializer) {
		return check(type, (producer) -> producer.valueSerializer = serde(serializer)).get(0).fixes().get(0).text();
	}

	private List<Finding> check(Class<?> type, Consumer<ProducerBuilder> customizer) {
		return this.rule.check(producer((producer) -> {
			producer.templates = List
				.of(new TemplateSetup("kafkaTemplate", false, false, List.of(injection(String.class, type, false))));
			customizer.accept(producer);
		}));
	}

	private static Injection injection(@Nullable Class<?> key, @Nullable Class<?> value, boolean passedOn) {
		return new Injection("com.example.Shop", (key != null) ? key.getName() : null,
				(value != null) ? value.getName() : null, passedOn);
	}

	private static SerdeSetup serde(Class<?> type) {
		return SerdeSetup.ofClass(type.getName());
	}

	@SuppressWarnings("unchecked") // that is the point
	private static Serializer<Object> unchecked(Serializer<?> serializer) {
		return (Serializer<Object>) serializer;
	}

	private interface Marker {

	}

	private static class Base {

	}

	private static class Order extends Base {

	}

	private static final class Special extends Order {

	}

	private static final class OrderSerializer implements Serializer<Order> {

		@Override
		public byte[] serialize(String topic, Order data) {
			return new byte[0];
		}

	}

}
