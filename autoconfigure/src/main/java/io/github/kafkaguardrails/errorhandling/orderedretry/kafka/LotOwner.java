package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.KeyStatus;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Lot;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedWrite;

/**
 * The lots of one consumer: {@linkplain LotTakeOver taken over} when a partition is
 * assigned, before anything of it is delivered; drained, committed and closed when it is
 * revoked. They belong to this consumer alone: what another consumer of the same process
 * is told about a partition does not touch them.
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

	/** How long it may take to read a record again. */
	private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

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

	private final LotTakeOver takeOver;

	private final Map<TopicPartition, OwnedLot> lots = new ConcurrentHashMap<>();

	private @Nullable OwnedLot latest;

	private long nextRenewal;

	private volatile long lastPoll;

	LotOwner(Consumer<?, ?> consumer, LotSetup setup, RawCapture capture, DeserializerSource deserializers) {
		this.consumer = consumer;
		this.setup = setup;
		this.capture = capture;
		this.deserializers = deserializers;
		this.commits = new LotCommits(consumer, this.lots, setup);
		this.takeOver = new LotTakeOver(consumer, setup, this::open);
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
			.readAgain(record, READ_TIMEOUT)
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
		if (lot.isBlocked()) {
			return Optional.of("a record before it is too large for the parked topic");
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
		this.takeOver.pausedByContainer(partitions, paused);
	}

	Duration pollStep() {
		return this.commits.pollStep(this.takeOver.isWaiting());
	}

	void beforePoll() {
		long now = this.setup.clock().millis();
		this.lastPoll = now;
		this.takeOver.beforePoll(now);
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

	// rebalances

	ConsumerRebalanceListener rebalances(ConsumerRebalanceListener containers) {
		return new ConsumerRebalanceListener() {

			@Override
			public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
				LotOwner.this.takeOver.assigned(partitions);
				containers.onPartitionsAssigned(partitions);
				LotOwner.this.takeOver.holdBack();
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

	/** A lot is loaded, and its partition may be delivered. */
	private void open(TopicPartition partition, Lot<ParkedSource> lot) {
		OwnedLot owned = new OwnedLot(this, partition, this.setup.topics().of(partition), lot);
		owned.clean = lot.isIdle() && lot.isSnapshotCommitted();
		this.lots.put(partition, owned);
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
		this.takeOver.forget(partitions);
		for (TopicPartition partition : partitions) {
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
