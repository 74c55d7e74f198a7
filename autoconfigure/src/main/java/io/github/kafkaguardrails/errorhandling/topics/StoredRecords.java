package io.github.kafkaguardrails.errorhandling.topics;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads single records again as they are stored, because a listener only sees what its
 * deserializers made of the bytes. Healthy records cost nothing: nothing is captured on
 * the way in. One consumer without a group for each connection, created when the first
 * record is read. Safe for use by several threads, one at a time; a call blocks for
 * {@value #TIMEOUT_SECONDS} s at the most.
 *
 * @since 0.1.0
 */
public final class StoredRecords implements AutoCloseable {

	private static final int TIMEOUT_SECONDS = 10;

	private final String clientId;

	private final Clock clock;

	private final Map<Connection, Consumer<byte[], byte[]>> readers = new HashMap<>();

	public StoredRecords(String clientId, Clock clock) {
		this.clientId = clientId;
		this.clock = clock;
	}

	/**
	 * Read a record.
	 * @param connection the cluster
	 * @param partition its partition
	 * @param offset its offset
	 * @return the record, or empty when the topic does not hold it any more (retention,
	 * compaction)
	 * @throws org.apache.kafka.common.KafkaException when it could not be read in time
	 */
	public synchronized Optional<ConsumerRecord<byte[], byte[]>> read(Connection connection, TopicPartition partition,
			long offset) {
		Consumer<byte[], byte[]> reader = this.readers.computeIfAbsent(connection,
				(key) -> new KafkaConsumer<>(key.reader(this.clientId, Duration.ofSeconds(TIMEOUT_SECONDS))));
		if (!reader.assignment().contains(partition)) {
			reader.assign(List.of(partition));
		}
		reader.seek(partition, offset);
		try {
			long end = this.clock.millis() + Duration.ofSeconds(TIMEOUT_SECONDS).toMillis();
			for (long now = this.clock.millis(); now < end; now = this.clock.millis()) {
				for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(end - now))) {
					return (record.offset() == offset) ? Optional.of(record) : Optional.empty();
				}
			}
			throw new org.apache.kafka.common.errors.TimeoutException(
					"Record " + partition + "@" + offset + " could not be read in " + TIMEOUT_SECONDS + " s");
		}
		catch (OffsetOutOfRangeException ex) {
			return Optional.empty();
		}
	}

	@Override
	public synchronized void close() {
		this.readers.values()
			.forEach((reader) -> reader
				.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(TIMEOUT_SECONDS))));
		this.readers.clear();
	}

}
