package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.nio.ByteBuffer;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RecordDeserializationException.DeserializationExceptionOrigin;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record that a listener is given of a parked one, and fails, as a consumer
 * does.
 */
final class ParkedDelivery {

	private ParkedDelivery() {
	}

	@SuppressWarnings("NullAway") // a record without a key or value has none
	static ConsumerRecord<?, ?> deserialize(ParkedSource record, DeserializerSource.Pair deserializers) {
		Headers headers = new RecordHeaders(record.headers());
		String topic = record.partition().topic();
		Object key = deserialize(deserializers.key(), DeserializationExceptionOrigin.KEY, record, headers);
		Object value = deserialize(deserializers.value(), DeserializationExceptionOrigin.VALUE, record, headers);
		return new ConsumerRecord<>(topic, record.partition().partition(), record.offset(), record.timestamp(),
				record.timestampType(), length(record.key()), length(record.value()), key, value, headers,
				Optional.empty());
	}

	private static @Nullable Object deserialize(Deserializer<?> deserializer, DeserializationExceptionOrigin origin,
			ParkedSource record, Headers headers) {
		byte[] bytes = (origin == DeserializationExceptionOrigin.KEY) ? record.key() : record.value();
		try {
			return (bytes != null) ? deserializer.deserialize(record.partition().topic(), headers, bytes) : null;
		}
		catch (RuntimeException ex) {
			throw new RecordDeserializationException(origin, record.partition(), record.offset(), record.timestamp(),
					record.timestampType(), buffer(record.key()), buffer(record.value()), headers,
					"Error deserializing %s of %s".formatted(origin, record), ex);
		}
	}

	private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
		return (bytes != null) ? ByteBuffer.wrap(bytes) : null;
	}

	private static int length(byte @Nullable [] bytes) {
		return (bytes != null) ? bytes.length : ConsumerRecord.NULL_SIZE;
	}

}
