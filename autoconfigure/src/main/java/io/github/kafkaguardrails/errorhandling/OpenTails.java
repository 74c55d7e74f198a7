package io.github.kafkaguardrails.errorhandling;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Commits the offsets behind records that were taken out at the end of a batch. In a
 * transaction, or when the listener acknowledges, only the offsets behind the records
 * that it was given are committed; the others would come again, and be ended again, with
 * each restart until a healthy record follows them. They are committed once the group
 * stands behind everything that the listener was given. Used on consumer threads, by
 * several of them.
 */
final class OpenTails {

	private final MessageListenerContainer container;

	private final Map<TopicPartition, Long> lastDelivered = new ConcurrentHashMap<>();

	private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();

	OpenTails(MessageListenerContainer container) {
		this.container = container;
	}

	/** Note what the listener is given. */
	void delivers(ConsumerRecords<?, ?> records) {
		for (TopicPartition partition : records.partitions()) {
			this.lastDelivered.put(partition, last(records.records(partition)).offset());
			this.ends.remove(partition);
		}
	}

	/** Note where a batch ends with records that the listener is not given. */
	void add(ConsumerRecords<?, ?> records, Collection<? extends ConsumerRecord<?, ?>> takenOut) {
		for (TopicPartition partition : records.partitions()) {
			ConsumerRecord<?, ?> last = last(records.records(partition));
			if (takenOut.contains(last)) {
				this.ends.put(partition, last.offset());
			}
		}
	}

	private static <T> T last(List<T> records) {
		return records.get(records.size() - 1);
	}

	/** Commit what can be committed. */
	void commit(Consumer<?, ?> consumer) {
		if (this.ends.isEmpty()) {
			return;
		}
		try {
			for (TopicPartition partition : consumer.assignment()) {
				Long end = this.ends.get(partition);
				if (end != null && consumer.position(partition) > end) {
					commit(partition, end, consumer);
				}
			}
		}
		catch (WakeupException ex) {
			// meant for the poll that follows
			consumer.wakeup();
		}
	}

	private void commit(TopicPartition partition, long end, Consumer<?, ?> consumer) {
		long committed = Positions.committed(partition, consumer);
		Long lastDelivered = this.lastDelivered.get(partition);
		if (lastDelivered != null && committed <= lastDelivered) {
			return;
		}
		if (committed <= end) {
			Positions.commit(Map.of(partition, ListenerUtils.createOffsetAndMetadata(this.container, end + 1)),
					consumer, this.container);
		}
		this.ends.remove(partition);
	}

}
