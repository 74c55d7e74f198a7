package io.github.kafkaguardrails.errorhandling;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/**
 * Where a record was written first, before any retry topic.
 *
 * @param topic source topic
 * @param partition source partition
 * @param offset source offset
 * @param timestamp source timestamp, epoch milliseconds
 * @param timestampType what the timestamp means
 * @since 0.1.0
 */
public record SourcePosition(String topic, int partition, long offset, long timestamp, TimestampType timestampType) {

	/** The position of a record itself. */
	public static SourcePosition of(ConsumerRecord<?, ?> record) {
		return new SourcePosition(record.topic(), record.partition(), record.offset(), record.timestamp(),
				record.timestampType());
	}

	public TopicPartition topicPartition() {
		return new TopicPartition(this.topic, this.partition);
	}

	@Override
	public String toString() {
		return this.topic + "-" + this.partition + "@" + this.offset;
	}

}
