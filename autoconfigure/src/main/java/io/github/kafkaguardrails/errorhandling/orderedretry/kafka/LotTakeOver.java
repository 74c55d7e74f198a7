package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.LoadedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Lot;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedSnapshot;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.UnreadableSnapshotException;

/**
 * Takes partitions over: reads what is parked of them and makes their lots (R8). Until
 * that has succeeded, and for ever when it cannot be known, a partition is paused, so
 * that nothing of it is delivered. For the consumer thread only.
 */
final class LotTakeOver {

	/** How long one try to load the parked records may take. */
	private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(30);

	/** Pause before the next try to load. */
	private static final long LOAD_PAUSE = 1000;

	private static final Log logger = LogFactory.getLog(LotTakeOver.class);

	private final Consumer<?, ?> consumer;

	private final LotSetup setup;

	private final BiConsumer<TopicPartition, Lot<ParkedSource>> opened;

	/**
	 * Assigned partitions whose lots could not be loaded yet, with the time of their
	 * assignment, epoch milliseconds.
	 */
	private final Map<TopicPartition, Long> unloaded = new LinkedHashMap<>();

	/** Assigned partitions of which nothing may be delivered. */
	private final Set<TopicPartition> closed = new HashSet<>();

	private final Set<TopicPartition> pausedByContainer = new HashSet<>();

	private long nextLoad;

	/**
	 * Take-overs.
	 * @param consumer the consumer
	 * @param setup what all lots have in common
	 * @param opened is given each lot that is loaded
	 */
	LotTakeOver(Consumer<?, ?> consumer, LotSetup setup, BiConsumer<TopicPartition, Lot<ParkedSource>> opened) {
		this.consumer = consumer;
		this.setup = setup;
		this.opened = opened;
	}

	/** Whether partitions wait for their lots. */
	boolean isWaiting() {
		return !this.unloaded.isEmpty();
	}

	void beforePoll(long now) {
		if (!this.unloaded.isEmpty() && now >= this.nextLoad) {
			load();
		}
		holdBack();
	}

	/** What the container has paused is not resumed when it is loaded. */
	void pausedByContainer(Collection<TopicPartition> partitions, boolean paused) {
		if (paused) {
			this.pausedByContainer.addAll(partitions);
		}
		else {
			this.pausedByContainer.removeAll(partitions);
		}
	}

	/** The partitions are not assigned any more. */
	void forget(Collection<TopicPartition> partitions) {
		partitions.forEach((partition) -> {
			this.unloaded.remove(partition);
			this.closed.remove(partition);
			this.pausedByContainer.remove(partition);
		});
	}

	/** Nothing of a partition without a lot may be delivered. */
	void holdBack() {
		if (!this.unloaded.isEmpty() || !this.closed.isEmpty()) {
			Set<TopicPartition> held = new HashSet<>(this.unloaded.keySet());
			held.addAll(this.closed);
			held.retainAll(this.consumer.assignment());
			this.consumer.pause(held);
		}
	}

	/** Partitions are assigned: take them over, unless that must wait. */
	void assigned(Collection<TopicPartition> partitions) {
		long now = this.setup.clock().millis();
		for (TopicPartition partition : partitions) {
			if (this.setup.topics().names().test(partition.topic())) {
				// a topic pattern has matched it; its offset is not the container's
				this.closed.add(partition);
			}
			else if (!this.setup.passed().test(partition.topic())) {
				this.unloaded.put(partition, now);
			}
		}
		load();
	}

	private void load() {
		this.nextLoad = this.setup.clock().millis() + LOAD_PAUSE;
		Set<TopicPartition> before = new HashSet<>(this.unloaded.keySet());
		try {
			while (!this.unloaded.isEmpty()) {
				try {
					loadAll();
				}
				catch (ParkedStateException ex) {
					broken(ex.partition(), ex);
				}
			}
		}
		catch (WakeupException ex) {
			this.consumer.wakeup();
		}
		catch (InterruptException ex) {
			throw ex;
		}
		catch (KafkaException ex) {
			logger.warn("The parked records of " + this.unloaded.keySet()
					+ " could not be loaded, their partitions wait: " + ex);
		}
		before.removeAll(this.unloaded.keySet());
		before.removeAll(this.closed);
		before.removeAll(this.pausedByContainer);
		before.retainAll(this.consumer.assignment());
		this.consumer.resume(before);
	}

	private void broken(TopicPartition partition, RuntimeException reason) {
		this.unloaded.remove(partition);
		this.closed.add(partition);
		this.setup.watcher().broken(partition, reason);
	}

	private void loadAll() {
		Set<TopicPartition> asked = new HashSet<>(this.unloaded.keySet());
		for (TopicPartition partition : this.unloaded.keySet()) {
			this.setup.topics().lookAtAssignment(partition);
			asked.add(this.setup.topics().of(partition));
		}
		Map<TopicPartition, OffsetAndMetadata> committed = this.consumer.committed(asked, LOAD_TIMEOUT);
		Map<TopicPartition, ParkedSnapshot> snapshots = new HashMap<>();
		Map<TopicPartition, long[]> wanted = new HashMap<>();
		for (TopicPartition partition : this.unloaded.keySet()) {
			ParkedSnapshot snapshot = snapshot(partition, committed.get(this.setup.topics().of(partition)));
			snapshots.put(partition, snapshot);
			if (!snapshot.isEmpty()) {
				wanted.put(partition, snapshot.incomplete());
			}
		}
		Map<TopicPartition, List<LoadedRecord<ParkedSource>>> loaded = wanted.isEmpty() ? Map.of()
				: this.setup.topics().read(wanted, LOAD_TIMEOUT);
		snapshots.forEach((partition, snapshot) -> open(partition, snapshot, committed.get(partition),
				loaded.getOrDefault(partition, List.of())));
	}

	private ParkedSnapshot snapshot(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
		if (committed == null) {
			return ParkedSnapshot.EMPTY;
		}
		try {
			return ParkedSnapshot.read(committed.offset(), committed.metadata());
		}
		catch (UnreadableSnapshotException ex) {
			throw new ParkedStateException(partition, "the group's offset of " + this.setup.topics().of(partition)
					+ " was not committed by this library, or by a later version of it (" + ex.getMessage() + ")");
		}
	}

	private void open(TopicPartition partition, ParkedSnapshot snapshot, @Nullable OffsetAndMetadata committed,
			List<LoadedRecord<ParkedSource>> loaded) {
		long now = this.setup.clock().millis();
		List<LoadedRecord<ParkedSource>> resumed = loaded.stream()
			.map((record) -> new LoadedRecord<>(ResumedSchedule.resume(record.record(), this.setup.policy(), now),
					record.parkedOffset(), record.writtenAt()))
			.toList();
		Lot<ParkedSource> lot = new Lot<>(this.setup.limits(), this.setup.afterEnding());
		lot.load(snapshot, (committed != null) ? committed.offset() : 0, resumed);
		Long assigned = this.unloaded.remove(partition);
		if (assigned != null) {
			this.setup.counters().tookOver(this.setup.clock().millis() - assigned);
		}
		if (!resumed.isEmpty()) {
			logger.info("Took over " + resumed.size() + " parked records of " + partition);
		}
		this.opened.accept(partition, lot);
	}

}
