package io.github.kafkaguardrails.setup;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.apache.kafka.common.utils.Bytes;

/**
 * What is known of the (de)serializers of Kafka and Spring Kafka, by their class names:
 * an application that does not use them does not load them.
 */
final class KnownSerdes {

	private static final String KAFKA = "org.apache.kafka.common.serialization.";

	private static final String SPRING = "org.springframework.kafka.support.serializer.";

	/** What Kafka's own deserializers give. */
	static final Map<String, Class<?>> GIVEN = Map.ofEntries(Map.entry(KAFKA + "StringDeserializer", String.class),
			Map.entry(KAFKA + "ByteArrayDeserializer", byte[].class),
			Map.entry(KAFKA + "ByteBufferDeserializer", ByteBuffer.class),
			Map.entry(KAFKA + "BytesDeserializer", Bytes.class), Map.entry(KAFKA + "ShortDeserializer", Short.class),
			Map.entry(KAFKA + "IntegerDeserializer", Integer.class), Map.entry(KAFKA + "LongDeserializer", Long.class),
			Map.entry(KAFKA + "FloatDeserializer", Float.class), Map.entry(KAFKA + "DoubleDeserializer", Double.class),
			Map.entry(KAFKA + "BooleanDeserializer", Boolean.class), Map.entry(KAFKA + "UUIDDeserializer", UUID.class));

	/** Serializers that write a byte array as it is. */
	static final Set<String> BYTES_UNCHANGED = Set.of(KAFKA + "ByteArraySerializer",
			SPRING + "StringOrBytesSerializer");

	/** Serializers that fail on a byte array, or write something else. */
	static final Set<String> BYTES_REFUSED = Set.of(KAFKA + "StringSerializer", KAFKA + "BytesSerializer",
			KAFKA + "ByteBufferSerializer", SPRING + "JsonSerializer", SPRING + "JacksonJsonSerializer",
			SPRING + "ToStringSerializer");

	private KnownSerdes() {
	}

}
