package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.KeyStatus;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.LoadedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Lot;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedSnapshot;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedWrite;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.UnreadableSnapshotException;

/**
 * The lots of one consumer: loaded when a partition is assigned, before anything of it is
 * delivered; drained, committed and closed when it is revoked. They belong to this
 * consumer alone: what another consumer of the same process is told about a partition
 * does not touch them.
 *
 * <p>
 * Everything here is called on the consumer thread, but for {@link #isLeased} and
 * {@link #deserialize}.
 *
 * @since 0.1.0
 */
public final class LotOwner {

	/** How long a revocation waits for the records that lanes have in hand. */
	private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(5);

	/** How long one try to load the parked records may take. */
	private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(30);

	/** Pause before the next try to load. */
	private static final long LOAD_PAUSE = 1000;

	/** Pause before writes that failed are sent again. */
	private static final long RESEND_PAUSE = 1000;

	/** How often renewals are looked for. */
	private static final long RENEWAL_PAUSE = 10_000;

	/** How long a record that is due may wait for a commit until that is said. */
	private static final long MAX_WAIT = 60_000;

	private static final int MAX_RENEWALS = 500;

	private static final Log logger = LogFactory.getLog(LotOwner.class);

	private final Consumer<?, ?> consumer;

	private final LotSetup setup;

	private final RawCapture capture;

	private final DeserializerSource deserializers;

	private final LotCommits commits;

	private final Map<TopicPartition, OwnedLot> lots = new ConcurrentHashMap<>();

	/**
	 * Assigned partitions whose lots could not be loaded yet, with the time of their
	 * assignment, epoch milliseconds.
	 */
	private final Map<TopicPartition, Long> unloaded = new LinkedHashMap<>();

	/** Assigned partitions of which nothing may be delivered. */
	private final Set<TopicPartition> closed = new HashSet<>();

	private final Set<TopicPartition> pausedByContainer = new HashSet<>();

	private @Nullable OwnedLot latest;

	private long nextLoad;

	private long nextRenewal;

	private volatile long lastPoll;

	LotOwner(Consumer<?, ?> consumer, LotSetup setup, RawCapture capture, DeserializerSource deserializers) {
		this.consumer = consumer;
		this.setup = setup;
		this.capture = capture;
		this.deserializers = deserializers;
		this.commits = new LotCommits(consumer, this.lots, setup);
		this.lastPoll = setup.clock().millis();
	}

	// what the listener asks

	/** The lot of a partition, or {@code null} when it is not loaded or not owned. */
	public @Nullable OwnedLot lot(String topic, int partition) {
		OwnedLot known = this.latest;
		if (known != null && known.source().partition() == partition && known.source().topic().equals(topic)) {
			return known;
		}
		OwnedLot lot = this.lots.get(new TopicPartition(topic, partition));
		this.latest = lot;
		return lot;
	}

	/** The stored key of a polled record. */
	public byte @Nullable [] key(ConsumerRecord<?, ?> record) {
		return this.capture.knows(record) ? this.capture.key(record) : source(record).key();
	}

	/**
	 * A polled record as it is stored.
	 * @throws KafkaException if it had to be read again and could not
	 */
	public ParkedSource source(ConsumerRecord<?, ?> record) {
		ParkedSource captured = this.capture.of(record);
		if (captured != null) {
			return captured;
		}
		return this.setup.topics()
			.readAgain(record, LOAD_TIMEOUT)
			.orElseThrow(() -> new KafkaException("Record %s-%d@%d is not in its topic any more"
				.formatted(record.topic(), record.partition(), record.offset())));
	}

	/** A failed record as it is stored. */
	public ParkedSource source(FailedRecord failed) {
		ConsumerRecord<?, ?> record = failed.record();
		if (failed.exception() instanceof RecordDeserializationException) {
			return new ParkedSource(failed.topicPartition(), record.offset(), record.timestamp(),
					record.timestampType(), (byte[]) record.key(), (byte[]) record.value(), record.headers().toArray());
		}
		return source(record);
	}

	/** Why a record cannot be parked now, if there is a reason. */
	public Optional<String> objection(OwnedLot lot, ParkedSource record) {
		Optional<String> objection = this.setup.topics().objection(record);
		if (objection.isPresent()) {
			return objection;
		}
		if (this.commits.isHeldTooLong(lot)) {
			return Optional.of("the offsets of the group could not be committed for too long");
		}
		return lot.lot().limitFor(record).map((limit) -> "the limit on parked " + limit + " is reached");
	}

	/**
	 * Park a record.
	 * @return whether it is parked; if not, its offset must not be committed
	 */
	public boolean park(OwnedLot lot, ParkedRecord<ParkedSource> record) {
		lot.clean = false;
		ParkedWrite<ParkedSource> write = lot.lot().park(record);
		return append(lot, write) || !lot.lot().withdraw(write);
	}

	/**
	 * Append what a lot has asked for to the parked topic. May be called by any thread.
	 * @return whether it is under way
	 */
	public boolean append(OwnedLot lot, ParkedWrite<ParkedSource> write) {
		return this.setup.topics().append(lot, write, this.setup.watcher());
	}

	/**
	 * Whether deliveries of parked records may begin: not when the consumer has not
	 * polled for so long that somebody else may own its partitions soon.
	 */
	public boolean isLeased() {
		long age = this.setup.clock().millis() - this.lastPoll;
		return age < this.setup.maxPollInterval().toMillis() / 5 * 4;
	}

	/** A parked record as the listener knows it. May be called by any thread. */
	public ConsumerRecord<?, ?> deserialize(ParkedSource record) {
		DeserializerSource.Pair pair = this.deserializers.borrow();
		try {
			return ParkedDelivery.deserialize(record, pair);
		}
		finally {
			this.deserializers.giveBack(pair);
		}
	}

	// what the door asks

	Map<TopicPartition, OffsetAndMetadata> request(Map<TopicPartition, OffsetAndMetadata> wanted) {
		Map<TopicPartition, OffsetAndMetadata> direct = new HashMap<>();
		Set<TopicPartition> assignment = this.consumer.assignment();
		wanted.forEach((partition, offset) -> {
			OwnedLot lot = this.lots.get(partition);
			if (!assignment.contains(partition)) {
				logger.debug("The commit of " + partition + " is dropped, because it is not assigned");
			}
			else if (lot != null) {
				this.commits.request(lot, offset).ifPresent((now) -> direct.put(partition, now));
			}
			else if (this.setup.passed().test(partition.topic())
					&& !this.setup.topics().names().test(partition.topic())) {
				direct.put(partition, offset);
			}
		});
		return direct;
	}

	void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
		offsets.forEach((partition, offset) -> {
			OwnedLot lot = this.lots.get(partition);
			if (lot != null) {
				this.commits.committed(lot, offset);
			}
		});
	}

	void notCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
		offsets.forEach((partition, offset) -> {
			OwnedLot lot = this.lots.get(partition);
			if (lot != null) {
				this.commits.notCommitted(lot, offset);
			}
		});
	}

	void commitMore() {
		this.commits.run();
	}

	void pausedByContainer(Collection<TopicPartition> partitions, boolean paused) {
		if (paused) {
			this.pausedByContainer.addAll(partitions);
		}
		else {
			this.pausedByContainer.removeAll(partitions);
		}
	}

	Duration pollStep() {
		return this.commits.pollStep(!this.unloaded.isEmpty());
	}

	void beforePoll() {
		long now = this.setup.clock().millis();
		this.lastPoll = now;
		if (!this.unloaded.isEmpty() && now >= this.nextLoad) {
			load();
		}
		holdBack();
		boolean renew = now >= this.nextRenewal;
		if (renew) {
			this.nextRenewal = now + RENEWAL_PAUSE;
		}
		for (OwnedLot lot : this.lots.values()) {
			if (!lot.clean) {
				if (renew) {
					renew(lot, now);
					warnOfWaiting(lot, now);
				}
				if (now - lot.resentAt >= RESEND_PAUSE) {
					lot.resentAt = now;
					lot.lot().writes().unsent().forEach((write) -> append(lot, write));
				}
			}
		}
		this.commits.run();
	}

	/**
	 * Records that are about to expire are written again, and those that pin the window.
	 */
	private void renew(OwnedLot lot, long now) {
		long retention = this.setup.topics().retentionMillis(lot.source().topic());
		long before = (retention > 0) ? now - retention / 2 : 0;
		lot.lot().writes().renewals(before, MAX_RENEWALS).forEach((write) -> {
			append(lot, write);
			this.setup.counters().renewed();
		});
	}

	/** A listener that never acknowledges leaves its parked records without a retry. */
	private void warnOfWaiting(OwnedLot lot, long now) {
		if (lot.saidToWait) {
			return;
		}
		long committed = lot.lot().committedSource();
		boolean waiting = lot.lot()
			.operations()
			.keys()
			.stream()
			.map(KeyStatus::first)
			.anyMatch((first) -> first.source().offset() >= committed && first.firstFailure() > 0
					&& Math.max(first.due(), first.firstFailure()) < now - MAX_WAIT);
		if (waiting) {
			lot.saidToWait = true;
			logger.warn("Parked records of " + lot.source() + " have been due for " + MAX_WAIT / 1000
					+ " s and cannot be retried, because the offset behind them is not committed: does the listener"
					+ " acknowledge, and can " + lot.parked() + " be written?");
		}
	}

	/** Nothing of a partition without a lot may be delivered. */
	private void holdBack() {
		if (!this.unloaded.isEmpty() || !this.closed.isEmpty()) {
			Set<TopicPartition> held = new HashSet<>(this.unloaded.keySet());
			held.addAll(this.closed);
			held.retainAll(this.consumer.assignment());
			this.consumer.pause(held);
		}
	}

	// rebalances

	ConsumerRebalanceListener rebalances(ConsumerRebalanceListener containers) {
		return new ConsumerRebalanceListener() {

			@Override
			public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
				assigned(partitions);
				containers.onPartitionsAssigned(partitions);
				holdBack();
			}

			@Override
			public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
				List<OwnedLot> revoked = lots(partitions);
				drain(revoked);
				try {
					containers.onPartitionsRevoked(partitions);
				}
				finally {
					LotOwner.this.commits.flush(revoked, DRAIN_TIMEOUT);
					forget(partitions);
				}
			}

			@Override
			public void onPartitionsLost(Collection<TopicPartition> partitions) {
				forget(partitions);
				containers.onPartitionsLost(partitions);
			}

		};
	}

	private void assigned(Collection<TopicPartition> partitions) {
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
			if (this.setup.topics().lookedAt(partition.topic()) == 0) {
				this.setup.topics().look(partition.topic());
			}
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
		OwnedLot owned = new OwnedLot(this, partition, this.setup.topics().of(partition), lot);
		owned.clean = lot.isIdle() && lot.isSnapshotCommitted();
		this.lots.put(partition, owned);
		Long assigned = this.unloaded.remove(partition);
		if (assigned != null) {
			this.setup.counters().tookOver(this.setup.clock().millis() - assigned);
		}
		if (!resumed.isEmpty()) {
			logger.info("Took over " + resumed.size() + " parked records of " + partition);
		}
		this.setup.watcher().opened(owned);
		this.setup.watcher().wake();
	}

	private List<OwnedLot> lots(Collection<TopicPartition> partitions) {
		List<OwnedLot> found = new ArrayList<>();
		for (TopicPartition partition : partitions) {
			OwnedLot lot = this.lots.get(partition);
			if (lot != null) {
				found.add(lot);
			}
		}
		return found;
	}

	private static void drain(List<OwnedLot> revoked) {
		revoked.forEach((lot) -> lot.lot().drain());
		long end = System.nanoTime() + DRAIN_TIMEOUT.toNanos();
		try {
			for (OwnedLot lot : revoked) {
				if (!lot.lot().awaitDrained(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
					logger.warn("A parked record of " + lot.source() + " is still being processed after "
							+ DRAIN_TIMEOUT.toSeconds() + " s, while the partition is revoked");
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void forget(Collection<TopicPartition> partitions) {
		this.latest = null;
		for (TopicPartition partition : partitions) {
			this.unloaded.remove(partition);
			this.closed.remove(partition);
			this.pausedByContainer.remove(partition);
			OwnedLot lot = this.lots.remove(partition);
			if (lot != null) {
				lot.lot().close();
				this.setup.watcher().closed(lot);
			}
		}
	}

	void close() {
		forget(List.copyOf(this.lots.keySet()));
		this.deserializers.close();
	}

}
