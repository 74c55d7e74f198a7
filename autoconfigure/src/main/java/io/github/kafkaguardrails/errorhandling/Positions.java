package io.github.kafkaguardrails.errorhandling;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Moves a consumer to where it shall go on. A partition that the consumer has lost is
 * left alone: its new owner goes on from the committed offset.
 */
final class Positions {

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
			Duration timeout = container.getContainerProperties().getSyncCommitTimeout();
			if (timeout != null) {
				consumer.commitSync(offsets, timeout);
			}
			else {
				consumer.commitSync(offsets);
			}
		}
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

	private static TopicPartition partition(ConsumerRecord<?, ?> record) {
		return new TopicPartition(record.topic(), record.partition());
	}

}
