package io.github.kafkaguardrails.errorhandling.retrytopic;

import java.time.Instant;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.FailedRecordEnding;
import io.github.kafkaguardrails.errorhandling.ListenerContext;
import io.github.kafkaguardrails.errorhandling.topics.Connection;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;
import io.github.kafkaguardrails.errorhandling.topics.RawRecords.RawRecord;
import io.github.kafkaguardrails.errorhandling.topics.TransitHeaders;

/**
 * Hands a failed record to the next retry topic, or to its ending after the last attempt.
 * Serves the listener's own container and its retry container alike: the headers tell how
 * far a record has come.
 */
final class RetryTopicEnding implements FailedRecordEnding {

	private final ListenerContext listener;

	private final RetryTopics retryTopics;

	private final Connection connection;

	private final FailedRecordTopics topics;

	private final FailedRecordEnding ending;

	RetryTopicEnding(ListenerContext listener, RetryTopics retryTopics, FailedRecordTopics topics,
			FailedRecordEnding ending) {
		this.listener = listener;
		this.retryTopics = retryTopics;
		this.connection = Connection.of(listener.consumerConfig());
		this.topics = topics;
		this.ending = ending;
	}

	@Override
	public FailedRecord restore(FailedRecord failed) {
		return TransitHeaders.restore(failed);
	}

	@Override
	public Outcome end(FailedRecord failed) {
		if (!this.listener.policy().retries(failed.attempts(), failed.cause())) {
			return this.ending.end(failed);
		}
		String topic = this.retryTopics.after(failed.attempts())
			.name(failed.source().topic(), this.listener.groupName());
		Instant due = this.listener.clock().instant().plus(this.listener.policy().pauseAfter(failed.attempts()));
		RawRecord raw = this.topics.original(this.connection, failed);
		Headers headers = new RecordHeaders(raw.headers().toArray());
		TransitHeaders.write(headers, failed, due);
		this.topics.write(this.connection, failed.source().topic(),
				new ProducerRecord<>(topic, failed.source().partition(), null, raw.key(), raw.value(), headers));
		this.listener.events().forwarded(failed, topic);
		return Outcome.FORWARDED;
	}

}
