package io.github.kafkaguardrails.errorhandling.topics;

import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A record as it is stored in its topic, so that nobody needs to read it again.
 *
 * @since 0.1.0
 */
public final class StoredConsumerRecord extends ConsumerRecord<byte[], byte[]> {

	/**
	 * A record.
	 * @param topic its topic
	 * @param partition its partition
	 * @param offset its offset
	 * @param timestamp its timestamp
	 * @param timestampType what the timestamp means
	 * @param key stored bytes of the key
	 * @param value stored bytes of the value
	 * @param headers stored headers
	 */
	@SuppressWarnings("NullAway") // a record without a key or value has none
	public StoredConsumerRecord(String topic, int partition, long offset, long timestamp, TimestampType timestampType,
			byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
		super(topic, partition, offset, timestamp, timestampType, (key != null) ? key.length : -1,
				(value != null) ? value.length : -1, key, value, headers, Optional.empty());
	}

}
