package io.github.kafkaguardrails.errorhandling.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads chosen records of several partitions, by their offsets. Uses one consumer without
 * a group for each call.
 */
final class StoredRanges {

	private static final Duration STEP = Duration.ofMillis(200);

	private final String clientId;

	StoredRanges(String clientId) {
		this.clientId = clientId;
	}

	/**
	 * Read records.
	 * @param connection the cluster
	 * @param offsets for each partition the offsets to read, ascending, not empty
	 * @param timeout how long that may take
	 * @return for each partition the records that are still there
	 * @throws org.apache.kafka.common.KafkaException when they could not be read in time
	 */
	Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> read(Connection connection,
			Map<TopicPartition, long[]> offsets, Duration timeout) {
		long end = System.nanoTime() + timeout.toNanos();
		Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = new HashMap<>();
		Map<TopicPartition, Long> last = new HashMap<>();
		try (Consumer<byte[], byte[]> reader = new KafkaConsumer<>(connection.rangeReader(this.clientId, timeout))) {
			reader.assign(offsets.keySet());
			offsets.forEach((partition, wanted) -> {
				found.put(partition, new ArrayList<>());
				last.put(partition, wanted[wanted.length - 1]);
				reader.seek(partition, wanted[0]);
			});
			while (!last.isEmpty()) {
				if (System.nanoTime() > end) {
					throw new TimeoutException("The records of " + last.keySet() + " could not be read in " + timeout);
				}
				poll(reader, offsets, found);
				last.entrySet().removeIf((entry) -> isPast(reader, entry.getKey(), entry.getValue()));
			}
		}
		return found;
	}

	private static void poll(Consumer<byte[], byte[]> reader, Map<TopicPartition, long[]> offsets,
			Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found) {
		try {
			for (ConsumerRecord<byte[], byte[]> record : reader.poll(STEP)) {
				TopicPartition partition = new TopicPartition(record.topic(), record.partition());
				long[] wanted = offsets.get(partition);
				List<ConsumerRecord<byte[], byte[]>> records = found.get(partition);
				if (wanted != null && records != null && Arrays.binarySearch(wanted, record.offset()) >= 0) {
					records.add(record);
				}
			}
		}
		catch (OffsetOutOfRangeException ex) {
			// the beginning is gone: go on with what is left, if it is behind
			Map<TopicPartition, Long> beginnings = reader.beginningOffsets(ex.partitions());
			Map<TopicPartition, Long> ends = reader.endOffsets(ex.partitions());
			ex.offsetOutOfRangePartitions().forEach((partition, position) -> {
				long beginning = beginnings.getOrDefault(partition, 0L);
				long behind = ends.getOrDefault(partition, 0L);
				reader.seek(partition, (position < beginning) ? beginning : behind);
			});
		}
	}

	/** Whether a partition is read: to the last wanted record, or to its end. */
	private static boolean isPast(Consumer<byte[], byte[]> reader, TopicPartition partition, long last) {
		long position = reader.position(partition);
		if (position <= last && reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L) > position) {
			return false;
		}
		reader.pause(List.of(partition));
		return true;
	}

}
