package io.github.kafkaguardrails.errorhandling;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Waits on a consumer thread without losing the group membership: the partitions are
 * paused and the consumer goes on polling, so that however long the pause is, the
 * consumer is never evicted and rebalances take place. Partitions that are assigned
 * meanwhile are paused as well.
 *
 * <p>
 * Before a pause, positions must stand where consumption shall go on: partitions may be
 * gone afterwards.
 */
final class PolledPause {

	private static final Duration STEP = Duration.ofMillis(100);

	private final Clock clock;

	private final Map<Consumer<?, ?>, Set<TopicPartition>> paused = new ConcurrentHashMap<>();

	PolledPause(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Wait, at most as long as the container runs.
	 * @throws org.apache.kafka.common.KafkaException when polling fails
	 */
	void await(Duration pause, Consumer<?, ?> consumer, BooleanSupplier running) {
		Set<TopicPartition> partitions = new HashSet<>(consumer.assignment());
		partitions.removeAll(consumer.paused());
		consumer.pause(partitions);
		this.paused.put(consumer, partitions);
		try {
			long end = this.clock.millis() + pause.toMillis();
			long remaining = pause.toMillis();
			while (remaining > 0 && running.getAsBoolean()) {
				poll(consumer, Duration.ofMillis(Math.min(remaining, STEP.toMillis())));
				remaining = end - this.clock.millis();
			}
		}
		finally {
			this.paused.remove(consumer);
			partitions.retainAll(consumer.assignment());
			consumer.resume(partitions);
		}
	}

	private static <K, V> void poll(Consumer<K, V> consumer, Duration step) {
		ConsumerRecords<K, V> records;
		try {
			records = consumer.poll(step);
		}
		catch (WakeupException ex) {
			// somebody stops the container, or acknowledges a record
			return;
		}
		for (TopicPartition partition : records.partitions()) {
			consumer.seek(partition, records.records(partition).get(0).offset());
			consumer.pause(Set.of(partition));
		}
	}

	/**
	 * Called when partitions are assigned, also in the middle of a pause. Those that the
	 * container has paused before, because the user wants it, stay paused.
	 */
	void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		Set<TopicPartition> pausedNow = this.paused.get(consumer);
		if (pausedNow != null) {
			Set<TopicPartition> ours = new HashSet<>(partitions);
			ours.removeAll(consumer.paused());
			pausedNow.removeAll(partitions);
			pausedNow.addAll(ours);
			consumer.pause(ours);
		}
	}

}
