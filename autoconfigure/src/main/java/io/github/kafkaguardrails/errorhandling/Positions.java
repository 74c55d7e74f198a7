package io.github.kafkaguardrails.errorhandling;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Moves a consumer to where it shall go on. A partition that the consumer has lost is
 * left alone: its new owner goes on from the committed offset.
 */
final class Positions {

	private static final Log logger = LogFactory.getLog(Positions.class);

	private Positions() {
	}

	/** Go on from the first of these records in each partition. */
	static void seekToFirst(Iterable<? extends ConsumerRecord<?, ?>> records, Consumer<?, ?> consumer) {
		Map<TopicPartition, Long> first = new LinkedHashMap<>();
		for (ConsumerRecord<?, ?> record : records) {
			first.putIfAbsent(partition(record), record.offset());
		}
		first.forEach((partition, offset) -> seek(partition, offset, consumer));
	}

	/** Go on behind this record. */
	static void seekPast(ConsumerRecord<?, ?> record, Consumer<?, ?> consumer) {
		seek(partition(record), record.offset() + 1, consumer);
	}

	private static void seek(TopicPartition partition, long offset, Consumer<?, ?> consumer) {
		if (consumer.assignment().contains(partition)) {
			consumer.seek(partition, offset);
		}
	}

	/** Where the consumer stands in the partitions that it owns. */
	static Map<TopicPartition, Long> of(Iterable<TopicPartition> partitions, Consumer<?, ?> consumer) {
		Map<TopicPartition, Long> positions = new HashMap<>();
		for (TopicPartition partition : partitions) {
			if (consumer.assignment().contains(partition)) {
				positions.put(partition, consumer.position(partition));
			}
		}
		return positions;
	}

	/** Commit the offsets behind these records. */
	static void commit(Iterable<? extends ConsumerRecord<?, ?>> records, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		Map<TopicPartition, OffsetAndMetadata> offsets = offsets(records, consumer, container);
		if (!offsets.isEmpty()) {
			commit(offsets, consumer, container);
		}
	}

	/**
	 * Commit offsets. In the middle of a rebalance that is not possible: a later commit
	 * covers them, or their records come again.
	 */
	static void commit(Map<TopicPartition, OffsetAndMetadata> offsets, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		Duration timeout = container.getContainerProperties().getSyncCommitTimeout();
		try {
			if (timeout != null) {
				consumer.commitSync(offsets, timeout);
			}
			else {
				consumer.commitSync(offsets);
			}
		}
		catch (RebalanceInProgressException ex) {
			logger.debug("Offsets " + offsets + " are not committed, because the group rebalances", ex);
		}
	}

	/** Where the group stands in a partition, or {@code -1} when it has no offset. */
	static long committed(TopicPartition partition, Consumer<?, ?> consumer) {
		OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
		return (committed != null) ? committed.offset() : -1;
	}

	/** The offsets behind these records, of partitions that the consumer owns. */
	static Map<TopicPartition, OffsetAndMetadata> offsets(Iterable<? extends ConsumerRecord<?, ?>> records,
			Consumer<?, ?> consumer, MessageListenerContainer container) {
		Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
		for (ConsumerRecord<?, ?> record : records) {
			if (consumer.assignment().contains(partition(record))) {
				offsets.put(partition(record), ListenerUtils.createOffsetAndMetadata(container, record.offset() + 1));
			}
		}
		return offsets;
	}

	/** Whether the listener says what is committed. */
	static boolean isManual(MessageListenerContainer container) {
		AckMode ackMode = container.getContainerProperties().getAckMode();
		return ackMode == AckMode.MANUAL || ackMode == AckMode.MANUAL_IMMEDIATE;
	}

	private static TopicPartition partition(ConsumerRecord<?, ?> record) {
		return new TopicPartition(record.topic(), record.partition());
	}

}
