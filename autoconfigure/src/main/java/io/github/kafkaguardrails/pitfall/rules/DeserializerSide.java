package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Set;

import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;

/**
 * One side of what a listener deserializes.
 *
 * @param listener the listener
 * @param name {@code key} or {@code value}
 * @param deserializer the deserializer of that side
 */
record DeserializerSide(ListenerSetup listener, String name, SerdeSetup deserializer) {

	static final String ERROR_HANDLING = "org.springframework.kafka.support.serializer.ErrorHandlingDeserializer";

	private static final String KAFKA = "org.apache.kafka.common.serialization.";

	private static final Set<String> INFALLIBLE = Set.of(KAFKA + "StringDeserializer", KAFKA + "ByteArrayDeserializer",
			KAFKA + "BytesDeserializer", KAFKA + "ByteBufferDeserializer", KAFKA + "VoidDeserializer");

	static List<DeserializerSide> of(ListenerSetup listener) {
		return List.of(new DeserializerSide(listener, "key", listener.keyDeserializer()),
				new DeserializerSide(listener, "value", listener.valueDeserializer()));
	}

	/** Whether it is known which class it is. */
	boolean known() {
		return this.deserializer.className().contains(".");
	}

	/** Whether it accepts any bytes. */
	boolean infallible() {
		return INFALLIBLE.contains(this.deserializer.effectiveClassName());
	}

	/** The Kafka key that names the class an {@code ErrorHandlingDeserializer} calls. */
	String delegateKey() {
		return "spring.deserializer." + this.name + ".delegate.class";
	}

	/** The Spring Boot property that sets that key. */
	String delegateProperty() {
		return "spring.kafka.consumer.properties." + delegateKey();
	}

	/** The deserializer and where it is set. */
	ConfigValue evidence() {
		String key = this.name + ".deserializer";
		if (this.deserializer.instance()) {
			return this.listener.fact(key, this.deserializer.className());
		}
		return this.listener.consumer()
			.given(key)
			.orElseGet(() -> this.listener.fact(key, this.deserializer.className()));
	}

}
