package io.github.kafkaguardrails.errorhandling.deadletter;

import java.util.function.Predicate;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.EndingStrategy;
import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.FailedRecordEnding;
import io.github.kafkaguardrails.errorhandling.ListenerContext;
import io.github.kafkaguardrails.errorhandling.SourcePosition;
import io.github.kafkaguardrails.errorhandling.topics.Connection;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;
import io.github.kafkaguardrails.errorhandling.topics.RawRecords.RawRecord;
import io.github.kafkaguardrails.errorhandling.topics.TopicTemplate;

/**
 * Ending "dead-letter": the record is written to a topic of its own with the key and
 * value bytes, partition, headers and timestamp that it has in its source, and with the
 * cause of its failure in headers ({@link DeadLetterHeaders}); then its offset is
 * committed and the listener goes on. Nothing is lost; a crash between the write and the
 * commit writes the record twice. The order is kept among the records that succeed and,
 * per partition, in the dead-letter topic. Costs a topic for each source and group. When
 * the topic cannot be written the listener stops and its health is DOWN. Selected by
 * {@code then: dead-letter}, the default.
 *
 * @since 0.1.0
 */
public final class DeadLetterEnding implements EndingStrategy {

	private final FailedRecordTopics topics;

	public DeadLetterEnding(FailedRecordTopics topics) {
		this.topics = topics;
	}

	@Override
	public Ending ending() {
		return Ending.DEAD_LETTER;
	}

	@Override
	public boolean keepsRecord() {
		return true;
	}

	@Override
	public String cost() {
		return "A topic for each source and group, and somebody who looks after it";
	}

	@Override
	public String topic(ListenerContext listener) {
		return template(listener).name((listener.topics().size() == 1) ? listener.topics().get(0) : "{topic}",
				listener.groupName());
	}

	@Override
	public Predicate<String> ownTopics(ListenerContext listener) {
		return template(listener).names(listener.groupName());
	}

	@Override
	public FailedRecordEnding forListener(ListenerContext listener) {
		Connection connection = Connection.of(listener.consumerConfig());
		TopicTemplate template = template(listener);
		this.topics.need(connection, listener, template);
		return (failed) -> {
			write(failed, connection, template.name(failed.source().topic(), listener.groupName()));
			return FailedRecordEnding.Outcome.ENDED;
		};
	}

	private static TopicTemplate template(ListenerContext listener) {
		return new TopicTemplate(listener.settings().deadLetterTopic());
	}

	private void write(FailedRecord failed, Connection connection, String topic) {
		RawRecord raw = this.topics.original(connection, failed);
		SourcePosition source = failed.source();
		Headers headers = DeadLetterHeaders.of(failed, raw.headers());
		Long timestamp = (source.timestamp() >= 0) ? source.timestamp() : null;
		this.topics.write(connection, source.topic(),
				new ProducerRecord<>(topic, source.partition(), timestamp, raw.key(), raw.value(), headers));
	}

}
