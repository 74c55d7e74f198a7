package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.CommitPermit;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Lot;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.PendingSnapshot;

/**
 * Commits what the lots allow, the parked topic before the source (R4). While a lot has
 * nothing to commit for the parked topic, the container's commits pass at once. Otherwise
 * they are held back, and nobody waits: the snapshot is committed, and when that is
 * acknowledged the source, one request at a time; meanwhile the listener goes on. A later
 * commit replaces one that is held back. For the consumer thread only.
 */
final class LotCommits {

	/** Pause after a commit that failed. */
	private static final long RETRY_PAUSE = 100;

	/** How long progress of lanes may wait for its commit. */
	private static final long SNAPSHOT_PAUSE = 500;

	/** Offsets of topics without a subscription expire, after days. */
	private static final long SNAPSHOT_AGE = Duration.ofHours(12).toMillis();

	/** How long a commit may be held back before the listener waits for it. */
	private static final long MAX_HELD = 30_000;

	private static final Duration BUSY_STEP = Duration.ofMillis(10);

	private static final Duration PARKED_STEP = Duration.ofMillis(200);

	private static final Duration IDLE_STEP = Duration.ofDays(1);

	private static final Log logger = LogFactory.getLog(LotCommits.class);

	private final Consumer<?, ?> consumer;

	private final Map<TopicPartition, OwnedLot> lots;

	private final LotSetup setup;

	/** Whether a request has no outcome yet. */
	private boolean open;

	private long notBefore;

	LotCommits(Consumer<?, ?> consumer, Map<TopicPartition, OwnedLot> lots, LotSetup setup) {
		this.consumer = consumer;
		this.lots = lots;
		this.setup = setup;
	}

	/**
	 * The container wants to commit an offset.
	 * @return the offset if it may be committed at once
	 */
	Optional<OffsetAndMetadata> request(OwnedLot lot, OffsetAndMetadata offset) {
		if (lot.wanted == null && lot.permitted == null && lot.sent == null) {
			CommitPermit permit = lot.lot().gate(offset.offset());
			if (!permit.held() && permit.first() == null && permit.offset() == offset.offset()) {
				beforeSourceCommit(lot, offset);
				lot.direct = offset;
				return Optional.of(offset);
			}
		}
		if (lot.heldSince == 0) {
			lot.heldSince = this.setup.clock().millis();
		}
		lot.wanted = offset;
		this.setup.counters().held();
		return Optional.empty();
	}

	/** A lower offset takes effect before its outcome is known. */
	private static void beforeSourceCommit(OwnedLot lot, OffsetAndMetadata offset) {
		if (offset.offset() < lot.lot().committedSource()) {
			lot.lot().sourceCommitted(offset.offset());
		}
	}

	/** An offset of the source was committed. */
	void committed(OwnedLot lot, OffsetAndMetadata offset) {
		lot.lot().sourceCommitted(offset.offset());
		OffsetAndMetadata wanted = lot.wanted;
		if (wanted != null && wanted.offset() == offset.offset()) {
			lot.wanted = null;
		}
		lot.heldSince = (lot.wanted != null) ? this.setup.clock().millis() : 0;
		if (!lot.clean) {
			lot.clean = lot.wanted == null && lot.lot().isIdle() && lot.lot().isSnapshotCommitted();
			this.setup.watcher().wake();
		}
	}

	/**
	 * A commit that was passed on has failed. The container forgets it, because a later
	 * one covers it; but parked records wait for it (R5), and there may be no later one.
	 */
	void notCommitted(OwnedLot lot, OffsetAndMetadata offset) {
		long now = this.setup.clock().millis();
		this.notBefore = now + RETRY_PAUSE;
		if (lot.wanted == null && offset.equals(lot.direct)) {
			lot.wanted = offset;
			lot.heldSince = now;
			lot.clean = false;
		}
	}

	boolean isHeldTooLong(OwnedLot lot) {
		return lot.heldSince > 0 && this.setup.clock().millis() - lot.heldSince > MAX_HELD;
	}

	/** How long a poll may take before {@link #run} has something to do. */
	Duration pollStep(boolean loading) {
		Duration step = loading ? PARKED_STEP : IDLE_STEP;
		for (OwnedLot lot : this.lots.values()) {
			if (lot.wanted != null || lot.permitted != null || lot.sent != null) {
				return BUSY_STEP;
			}
			if (!lot.clean) {
				step = PARKED_STEP;
			}
		}
		return step;
	}

	/** Send the next request, if there is one to send and none is under way. */
	void run() {
		long now = this.setup.clock().millis();
		if (this.open || now < this.notBefore) {
			return;
		}
		Map<TopicPartition, OffsetAndMetadata> source = new HashMap<>();
		Map<TopicPartition, OffsetAndMetadata> parked = new HashMap<>();
		for (OwnedLot lot : this.lots.values()) {
			if (!lot.clean) {
				plan(lot, now, source, parked);
			}
		}
		List<OwnedLot> asked = List.copyOf(this.lots.values());
		if (!source.isEmpty()) {
			asked.forEach((lot) -> {
				if (lot.permitted != null) {
					beforeSourceCommit(lot, lot.permitted);
				}
			});
			send(source, (offsets, exception) -> sourceCommitted(asked, exception));
		}
		else if (!parked.isEmpty()) {
			send(parked, (offsets, exception) -> parkedCommitted(asked, exception));
		}
	}

	private void send(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
		this.open = true;
		try {
			this.consumer.commitAsync(offsets, callback);
		}
		catch (RuntimeException ex) {
			this.open = false;
			throw ex;
		}
	}

	private void plan(OwnedLot lot, long now, Map<TopicPartition, OffsetAndMetadata> source,
			Map<TopicPartition, OffsetAndMetadata> parked) {
		lot.sent = null;
		if (lot.permitted != null) {
			source.put(lot.source(), lot.permitted);
			return;
		}
		OffsetAndMetadata wanted = lot.wanted;
		if (wanted != null) {
			CommitPermit permit = lot.lot().gate(wanted.offset());
			if (!permit.held()) {
				OffsetAndMetadata permitted = upTo(permit, wanted);
				if (permit.first() != null) {
					send(lot, permit.first(), permitted, parked);
				}
				else {
					lot.permitted = permitted;
					source.put(lot.source(), permitted);
				}
				return;
			}
		}
		boolean changed = !lot.lot().isSnapshotCommitted();
		if (changed ? now - lot.snapshotAt > SNAPSHOT_PAUSE
				: !lot.lot().isIdle() && now - lot.snapshotAt > SNAPSHOT_AGE) {
			lot.lot().snapshot().ifPresent((pending) -> send(lot, pending, null, parked));
		}
		else if (!changed && wanted == null && lot.lot().isIdle()) {
			lot.clean = true;
		}
	}

	private static OffsetAndMetadata upTo(CommitPermit permit, OffsetAndMetadata wanted) {
		return (permit.offset() == wanted.offset()) ? wanted
				: new OffsetAndMetadata(permit.offset(), wanted.metadata());
	}

	private static void send(OwnedLot lot, PendingSnapshot pending, @Nullable OffsetAndMetadata then,
			Map<TopicPartition, OffsetAndMetadata> parked) {
		lot.sent = pending;
		lot.afterSent = then;
		parked.put(lot.parked(), offset(pending));
	}

	private static OffsetAndMetadata offset(PendingSnapshot pending) {
		return new OffsetAndMetadata(pending.snapshot().base(), pending.snapshot().metadata());
	}

	private void sourceCommitted(List<OwnedLot> asked, @Nullable Exception exception) {
		this.open = false;
		for (OwnedLot lot : asked) {
			OffsetAndMetadata permitted = lot.permitted;
			if (permitted != null) {
				lot.permitted = null;
				if (exception == null) {
					committed(lot, permitted);
				}
			}
		}
		failed(exception);
	}

	private void parkedCommitted(List<OwnedLot> asked, @Nullable Exception exception) {
		this.open = false;
		for (OwnedLot lot : asked) {
			PendingSnapshot sent = lot.sent;
			if (sent != null) {
				lot.sent = null;
				if (exception == null) {
					snapshotCommitted(lot, sent);
					lot.permitted = lot.afterSent;
				}
			}
		}
		failed(exception);
	}

	private void snapshotCommitted(OwnedLot lot, PendingSnapshot sent) {
		lot.lot().snapshotCommitted(sent.version());
		lot.snapshotAt = this.setup.clock().millis();
		lot.committedBase = sent.snapshot().base();
	}

	private void failed(@Nullable Exception exception) {
		if (exception != null) {
			this.notBefore = this.setup.clock().millis() + RETRY_PAUSE;
			logger.debug("A commit failed, it is repeated if the partition is still owned", exception);
		}
	}

	/**
	 * Commit all that can be committed, and wait for it: the partitions are about to be
	 * somebody else's. What cannot be committed is repeated by the next owner.
	 */
	void flush(Collection<OwnedLot> revoked, Duration timeout) {
		List<OwnedLot> dirty = revoked.stream().filter((lot) -> !lot.clean).toList();
		if (dirty.isEmpty()) {
			return;
		}
		try {
			awaitAcknowledged(dirty, timeout);
			Map<TopicPartition, OffsetAndMetadata> parked = new HashMap<>();
			Map<OwnedLot, PendingSnapshot> snapshots = new HashMap<>();
			Map<OwnedLot, OffsetAndMetadata> source = new HashMap<>();
			for (OwnedLot lot : dirty) {
				prepare(lot, snapshots, source);
			}
			snapshots.forEach((lot, pending) -> parked.put(lot.parked(), offset(pending)));
			if (!parked.isEmpty()) {
				this.consumer.commitSync(parked, timeout);
				snapshots.forEach(this::snapshotCommitted);
			}
			Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
			source.forEach((lot, offset) -> offsets.put(lot.source(), offset));
			if (!offsets.isEmpty()) {
				this.consumer.commitSync(offsets, timeout);
				source.forEach(this::committed);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (KafkaException ex) {
			logger.debug("The last commit before a revocation failed, the next owner repeats what it covers", ex);
		}
	}

	private static void prepare(OwnedLot lot, Map<OwnedLot, PendingSnapshot> snapshots,
			Map<OwnedLot, OffsetAndMetadata> source) {
		Lot<ParkedSource> state = lot.lot();
		OffsetAndMetadata wanted = lot.wanted;
		CommitPermit permit = (wanted != null) ? state.gate(wanted.offset()) : null;
		if (wanted != null && permit != null && !permit.held()) {
			source.put(lot, upTo(permit, wanted));
			if (permit.first() != null) {
				snapshots.put(lot, permit.first());
			}
		}
		else if (!state.isSnapshotCommitted()) {
			state.snapshot().ifPresent((pending) -> snapshots.put(lot, pending));
		}
	}

	private static void awaitAcknowledged(List<OwnedLot> lots, Duration timeout) throws InterruptedException {
		long end = System.nanoTime() + timeout.toNanos();
		for (OwnedLot lot : lots) {
			if (lot.wanted != null) {
				lot.lot()
					.awaitAcknowledged(lot.wanted.offset(), Duration.ofNanos(Math.max(0, end - System.nanoTime())));
			}
		}
	}

}
