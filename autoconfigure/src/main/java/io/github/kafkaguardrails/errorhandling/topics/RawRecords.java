package io.github.kafkaguardrails.errorhandling.topics;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.support.KafkaUtils;
import org.springframework.kafka.support.serializer.DeserializationException;

import io.github.kafkaguardrails.errorhandling.FailedRecord;

/**
 * Gives back the bytes and headers of a failed record as they are stored in its topic.
 *
 * @since 0.1.0
 */
public final class RawRecords {

	private final StoredRecords stored;

	public RawRecords(StoredRecords stored) {
		this.stored = stored;
	}

	/**
	 * The record as it is stored. When the topic does not hold it any more, the bytes are
	 * taken from the record in hand if that is possible without guessing.
	 * @param connection the cluster
	 * @param failed the record
	 * @throws KafkaException when there is no way to the bytes
	 */
	public RawRecord of(Connection connection, FailedRecord failed) {
		ConsumerRecord<?, ?> record = failed.record();
		if (failed.exception() instanceof RecordDeserializationException) {
			return new RawRecord((byte[]) record.key(), (byte[]) record.value(), record.headers());
		}
		if (record instanceof StoredConsumerRecord bytes) {
			return new RawRecord(bytes.key(), bytes.value(), bytes.headers());
		}
		Optional<ConsumerRecord<byte[], byte[]>> original = this.stored.read(connection, failed.topicPartition(),
				record.offset());
		return original.map((found) -> new RawRecord(found.key(), found.value(), found.headers()))
			.orElseGet(() -> inHand(failed));
	}

	private static RawRecord inHand(FailedRecord failed) {
		ConsumerRecord<?, ?> record = failed.record();
		Headers headers = record.headers();
		headers.remove(KafkaUtils.KEY_DESERIALIZER_EXCEPTION_HEADER);
		headers.remove(KafkaUtils.VALUE_DESERIALIZER_EXCEPTION_HEADER);
		return new RawRecord(bytes(record.key(), record.serializedKeySize(), true, failed),
				bytes(record.value(), record.serializedValueSize(), false, failed), headers);
	}

	private static byte @Nullable [] bytes(@Nullable Object side, int serializedSize, boolean key,
			FailedRecord failed) {
		if (failed.cause() instanceof DeserializationException failure && failure.isKey() == key) {
			return failure.getData();
		}
		if (side == null && serializedSize < 0) {
			return null;
		}
		byte[] bytes = null;
		if (side instanceof byte[] array) {
			bytes = array;
		}
		else if (side instanceof String text) {
			bytes = text.getBytes(StandardCharsets.UTF_8);
		}
		if (bytes == null || bytes.length != serializedSize) {
			throw new KafkaException("Record " + failed + " is not in its topic any more, and its bytes cannot be told"
					+ " from what the deserializer made of them");
		}
		return bytes;
	}

	/**
	 * A record as it is stored.
	 *
	 * @param key bytes of the key, or {@code null}
	 * @param value bytes of the value, or {@code null} for a tombstone
	 * @param headers headers
	 */
	@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
	public record RawRecord(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {

	}

}
