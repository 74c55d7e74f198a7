package io.github.kafkaguardrails.errorhandling.deadletter;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;

import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.SourcePosition;
import io.github.kafkaguardrails.errorhandling.topics.HeaderValues;
import io.github.kafkaguardrails.errorhandling.topics.TransitHeaders;

/**
 * Headers of a dead letter: those of the record, and what is known of its failure. Where
 * Spring Kafka has a name for a header that name is used, so that existing tools read it;
 * the others begin with {@code guardrails_}.
 *
 * @since 0.1.0
 */
public final class DeadLetterHeaders {

	/** Id of the listener; text. */
	public static final String LISTENER_ID = "guardrails_listener-id";

	/** Deliveries in all; four bytes. */
	public static final String ATTEMPTS = "guardrails_attempts";

	/** When the first delivery failed; epoch milliseconds, eight bytes. */
	public static final String FIRST_FAILURE = "guardrails_first-failure";

	/** How often the record was replayed from the dead-letter topic; four bytes. */
	public static final String REPLAY_COUNT = "guardrails_replay-count";

	private static final int MAX_MESSAGE = 1024;

	private static final int MAX_STACK_TRACE = 8 * 1024;

	private DeadLetterHeaders() {
	}

	static Headers of(FailedRecord failed, Headers original) {
		Headers headers = new RecordHeaders(original.toArray());
		TransitHeaders.remove(headers);
		Throwable exception = failed.exception();
		HeaderValues.set(headers, KafkaHeaders.DLT_EXCEPTION_FQCN, exception.getClass().getName());
		HeaderValues.set(headers, KafkaHeaders.DLT_EXCEPTION_CAUSE_FQCN, failed.cause().getClass().getName());
		HeaderValues.set(headers, KafkaHeaders.DLT_EXCEPTION_MESSAGE, cut(failed.cause().getMessage(), MAX_MESSAGE));
		HeaderValues.set(headers, KafkaHeaders.DLT_EXCEPTION_STACKTRACE, cut(stackTrace(exception), MAX_STACK_TRACE));
		SourcePosition source = failed.source();
		HeaderValues.set(headers, KafkaHeaders.DLT_ORIGINAL_TOPIC, source.topic());
		HeaderValues.set(headers, KafkaHeaders.DLT_ORIGINAL_PARTITION, source.partition());
		HeaderValues.set(headers, KafkaHeaders.DLT_ORIGINAL_OFFSET, source.offset());
		HeaderValues.set(headers, KafkaHeaders.DLT_ORIGINAL_TIMESTAMP, source.timestamp());
		HeaderValues.set(headers, KafkaHeaders.DLT_ORIGINAL_TIMESTAMP_TYPE, source.timestampType().toString());
		HeaderValues.set(headers, KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP, failed.groupId());
		HeaderValues.set(headers, LISTENER_ID, failed.listenerId());
		HeaderValues.set(headers, ATTEMPTS, failed.attempts());
		HeaderValues.set(headers, FIRST_FAILURE, failed.firstFailure().toEpochMilli());
		HeaderValues.set(headers, REPLAY_COUNT, (int) HeaderValues.number(headers, REPLAY_COUNT, 0));
		return headers;
	}

	private static String stackTrace(Throwable exception) {
		StringWriter text = new StringWriter();
		exception.printStackTrace(new PrintWriter(text, true));
		return text.toString();
	}

	private static @Nullable String cut(@Nullable String text, int length) {
		return (text == null || text.length() <= length) ? text : text.substring(0, length - 1) + "…";
	}

}
