package io.github.kafkaguardrails.errorhandling.deadletter;

import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.SourcePosition;

/** The headers that a dead letter really gets. */
public final class WrittenHeaders {

	private WrittenHeaders() {
	}

	/** Names of the headers, in their order. */
	public static List<String> names() {
		ConsumerRecord<String, String> record = new ConsumerRecord<>("orders", 0, 7, "key", "value");
		FailedRecord failed = new FailedRecord(record, new IllegalStateException("declined"), "payments", "billing", 4,
				Instant.EPOCH, SourcePosition.of(record));
		return StreamSupport.stream(DeadLetterHeaders.of(failed, record.headers()).spliterator(), false)
			.map(Header::key)
			.toList();
	}

}
