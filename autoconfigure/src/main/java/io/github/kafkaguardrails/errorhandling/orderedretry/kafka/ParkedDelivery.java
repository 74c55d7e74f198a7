package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record that a listener is given of a parked one, as a consumer does.
 */
final class ParkedDelivery {

	private ParkedDelivery() {
	}

	@SuppressWarnings("NullAway") // a record without a key or value has none
	static ConsumerRecord<?, ?> deserialize(ParkedSource record, DeserializerSource.Pair deserializers) {
		Headers headers = new RecordHeaders(record.headers());
		String topic = record.partition().topic();
		Object key = deserialize(deserializers.key(), topic, headers, record.key());
		Object value = deserialize(deserializers.value(), topic, headers, record.value());
		return new ConsumerRecord<>(topic, record.partition().partition(), record.offset(), record.timestamp(),
				record.timestampType(), length(record.key()), length(record.value()), key, value, headers,
				Optional.empty());
	}

	private static @Nullable Object deserialize(Deserializer<?> deserializer, String topic, Headers headers,
			byte @Nullable [] bytes) {
		return (bytes != null) ? deserializer.deserialize(topic, headers, bytes) : null;
	}

	private static int length(byte @Nullable [] bytes) {
		return (bytes != null) ? bytes.length : ConsumerRecord.NULL_SIZE;
	}

}
