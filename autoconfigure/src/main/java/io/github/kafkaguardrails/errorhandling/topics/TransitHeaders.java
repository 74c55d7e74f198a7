package io.github.kafkaguardrails.errorhandling.topics;

import java.time.Instant;
import java.util.List;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.retrytopic.RetryTopicHeaders;
import org.springframework.kafka.support.KafkaHeaders;

import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.SourcePosition;

/**
 * Headers that a record carries while it is on its way through topics of error handling:
 * where it came from, how often it was delivered, since when it fails and when it is due.
 * They are Spring Kafka's names where it has one, and are gone when the way ends.
 *
 * @since 0.1.0
 */
public final class TransitHeaders {

	private static final String FIRST_FAILURE = "guardrails_retry-first-failure";

	private static final List<String> ALL = List.of(RetryTopicHeaders.DEFAULT_HEADER_ATTEMPTS,
			RetryTopicHeaders.DEFAULT_HEADER_BACKOFF_TIMESTAMP, RetryTopicHeaders.DEFAULT_HEADER_ORIGINAL_TIMESTAMP,
			KafkaHeaders.ORIGINAL_TOPIC, KafkaHeaders.ORIGINAL_PARTITION, KafkaHeaders.ORIGINAL_OFFSET,
			KafkaHeaders.ORIGINAL_TIMESTAMP, KafkaHeaders.ORIGINAL_TIMESTAMP_TYPE, FIRST_FAILURE);

	private TransitHeaders() {
	}

	/** Add them to the headers of a record that is sent on its way. */
	public static void write(Headers headers, FailedRecord failed, Instant due) {
		SourcePosition source = failed.source();
		HeaderValues.set(headers, RetryTopicHeaders.DEFAULT_HEADER_ATTEMPTS, failed.attempts() + 1);
		HeaderValues.set(headers, RetryTopicHeaders.DEFAULT_HEADER_BACKOFF_TIMESTAMP, due.toEpochMilli());
		HeaderValues.set(headers, RetryTopicHeaders.DEFAULT_HEADER_ORIGINAL_TIMESTAMP, source.timestamp());
		HeaderValues.set(headers, KafkaHeaders.ORIGINAL_TOPIC, source.topic());
		HeaderValues.set(headers, KafkaHeaders.ORIGINAL_PARTITION, source.partition());
		HeaderValues.set(headers, KafkaHeaders.ORIGINAL_OFFSET, source.offset());
		HeaderValues.set(headers, KafkaHeaders.ORIGINAL_TIMESTAMP, source.timestamp());
		HeaderValues.set(headers, KafkaHeaders.ORIGINAL_TIMESTAMP_TYPE, source.timestampType().toString());
		HeaderValues.set(headers, FIRST_FAILURE, failed.firstFailure().toEpochMilli());
	}

	/**
	 * A failed record with the history that its headers tell. A record without such
	 * headers is at the beginning of its way and stays as it is.
	 */
	public static FailedRecord restore(FailedRecord failed) {
		Headers headers = failed.record().headers();
		String topic = HeaderValues.text(headers, KafkaHeaders.ORIGINAL_TOPIC);
		if (topic == null) {
			return failed;
		}
		SourcePosition source = new SourcePosition(topic,
				(int) HeaderValues.number(headers, KafkaHeaders.ORIGINAL_PARTITION, failed.record().partition()),
				HeaderValues.number(headers, KafkaHeaders.ORIGINAL_OFFSET, -1),
				HeaderValues.number(headers, KafkaHeaders.ORIGINAL_TIMESTAMP, failed.record().timestamp()),
				timestampType(HeaderValues.text(headers, KafkaHeaders.ORIGINAL_TIMESTAMP_TYPE)));
		int attempts = (int) HeaderValues.number(headers, RetryTopicHeaders.DEFAULT_HEADER_ATTEMPTS, 1);
		Instant firstFailure = Instant
			.ofEpochMilli(HeaderValues.number(headers, FIRST_FAILURE, failed.firstFailure().toEpochMilli()));
		return failed.continuing(source, attempts, firstFailure);
	}

	/** When a record is due, epoch milliseconds; 0 when it is due at once. */
	public static long due(Headers headers) {
		return HeaderValues.number(headers, RetryTopicHeaders.DEFAULT_HEADER_BACKOFF_TIMESTAMP, 0);
	}

	/** Remove them at the end of the way. */
	public static void remove(Headers headers) {
		ALL.forEach(headers::remove);
	}

	private static TimestampType timestampType(@Nullable String name) {
		for (TimestampType type : TimestampType.values()) {
			if (type.toString().equals(name)) {
				return type;
			}
		}
		return TimestampType.CREATE_TIME;
	}

}
