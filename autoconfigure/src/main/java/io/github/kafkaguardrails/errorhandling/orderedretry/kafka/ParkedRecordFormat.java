package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.LoadedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Standing;
import io.github.kafkaguardrails.errorhandling.topics.HeaderValues;

/**
 * A record in the parked topic: key, value and headers of the source, and where it came
 * from and how far its retry is in further headers. Its timestamp is that of the write,
 * so that an old record is not deleted for its age.
 */
final class ParkedRecordFormat {

	private static final String PREFIX = "guardrails_parked-";

	private static final String OFFSET = PREFIX + "offset";

	private static final String TIMESTAMP = PREFIX + "timestamp";

	private static final String TIMESTAMP_TYPE = PREFIX + "timestamp-type";

	private static final String SINCE = PREFIX + "first-failure";

	private static final String ATTEMPTS = PREFIX + "attempts";

	private static final String CAUSE = PREFIX + "cause";

	private static final String DEAD = PREFIX + "dead";

	private ParkedRecordFormat() {
	}

	static ProducerRecord<byte[], byte[]> write(TopicPartition target, ParkedRecord<ParkedSource> record) {
		ParkedSource source = record.source();
		Headers headers = new RecordHeaders(source.headers());
		HeaderValues.set(headers, OFFSET, source.offset());
		HeaderValues.set(headers, TIMESTAMP, source.timestamp());
		HeaderValues.set(headers, TIMESTAMP_TYPE, source.timestampType().id);
		HeaderValues.set(headers, SINCE, record.firstFailure());
		HeaderValues.set(headers, ATTEMPTS, record.attempts());
		HeaderValues.set(headers, CAUSE, source.cause());
		if (record.standing() == Standing.DEAD) {
			HeaderValues.set(headers, DEAD, 1);
		}
		return new ProducerRecord<>(target.topic(), target.partition(), source.key(), source.value(), headers);
	}

	/**
	 * Read a record.
	 * @param source partition that it came from
	 * @param stored record of the parked topic
	 * @return the record, due at once, or nothing when this class has not written it
	 */
	static Optional<LoadedRecord<ParkedSource>> read(TopicPartition source, ConsumerRecord<byte[], byte[]> stored) {
		Headers headers = new RecordHeaders(stored.headers().toArray());
		long offset = HeaderValues.number(headers, OFFSET, -1);
		if (offset < 0) {
			return Optional.empty();
		}
		long timestamp = HeaderValues.number(headers, TIMESTAMP, -1);
		int type = (int) HeaderValues.number(headers, TIMESTAMP_TYPE, TimestampType.CREATE_TIME.id);
		long since = HeaderValues.number(headers, SINCE, 0);
		int attempts = (int) HeaderValues.number(headers, ATTEMPTS, 0);
		String cause = HeaderValues.text(headers, CAUSE);
		Standing standing = (headers.lastHeader(DEAD) != null) ? Standing.DEAD : Standing.WAITING;
		for (String own : new String[] { OFFSET, TIMESTAMP, TIMESTAMP_TYPE, SINCE, ATTEMPTS, CAUSE, DEAD }) {
			headers.remove(own);
		}
		ParkedSource parked = new ParkedSource(source, offset, timestamp, type(type), stored.key(), stored.value(),
				headers.toArray());
		parked.cause(cause);
		return Optional.of(new LoadedRecord<>(new ParkedRecord<>(parked, attempts, since, 0, standing), stored.offset(),
				stored.timestamp()));
	}

	private static TimestampType type(int id) {
		for (TimestampType type : TimestampType.values()) {
			if (type.id == id) {
				return type;
			}
		}
		return TimestampType.CREATE_TIME;
	}

}
