package io.github.kafkaguardrails.errorhandling;

import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A record that a listener could not process.
 *
 * @param record the record as the container received it
 * @param exception what the container caught
 * @param listenerId id of the listener
 * @param groupId consumer group, or {@code null} when there is none
 * @param attempts deliveries so far
 * @param firstFailure when the first of them failed
 * @param source where the record was written first
 * @since 0.1.0
 */
public record FailedRecord(ConsumerRecord<?, ?> record, Exception exception, String listenerId,
		@Nullable String groupId, int attempts, Instant firstFailure, SourcePosition source) {

	/** What the listener threw: the exception without the wrappers of the container. */
	public Throwable cause() {
		return ListenerFailures.cause(this.exception);
	}

	public TopicPartition topicPartition() {
		return new TopicPartition(this.record.topic(), this.record.partition());
	}

	/** A copy with the facts that a retry topic carried along. */
	public FailedRecord continuing(SourcePosition source, int attempts, Instant firstFailure) {
		return new FailedRecord(this.record, this.exception, this.listenerId, this.groupId, attempts, firstFailure,
				source);
	}

	/** Topic, partition and offset; never the contents. */
	@Override
	public String toString() {
		return this.record.topic() + "-" + this.record.partition() + "@" + this.record.offset();
	}

}
