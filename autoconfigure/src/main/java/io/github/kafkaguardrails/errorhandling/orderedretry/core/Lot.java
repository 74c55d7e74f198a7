package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.LotState.Phase;

/**
 * The parked records of one partition, for the consumer that owns it: its main path and
 * its commits. A lot belongs to one assignment of one consumer: it is created and
 * {@linkplain #load loaded} at the assignment, {@linkplain #drain drained} and
 * {@linkplain #close closed} at the revocation, and never used again. Partitions are
 * independent of each other.
 *
 * <p>
 * A lot has four sides, all guarded by one lock that is held for microseconds:
 * <ul>
 * <li>this class, for the consumer thread only, including {@link #close()}; it alone may
 * add records, which is why {@link #route} needs no lock while nothing is parked;</li>
 * <li>{@link #writes()}, for any thread: what the parked topic has acknowledged;</li>
 * <li>{@link #lane()}, for any thread: which record is tried next, and what came of
 * it;</li>
 * <li>{@link #operations()}, for any thread: what an operator sees and does.</li>
 * </ul>
 * No method blocks but those whose name begins with {@code await}. The lot calls nobody:
 * after a commit, an acknowledgement, an outcome or an operation there may be something
 * to do for a lane, and the caller wakes it.
 *
 * <p>
 * Instants are epoch milliseconds of one clock, given by the caller.
 *
 * @param <R> type of the records
 * @since 0.1.0
 */
public final class Lot<R extends SourceRecord> {

	private final LotState<R> state;

	private final ParkedWrites<R> writes;

	private final LotLane<R> lane;

	private final LotOperations<R> operations;

	/**
	 * A lot, to be loaded before it is used.
	 * @param limits limits of the partition
	 * @param afterEnding what happens to the later records of a key after an ending
	 */
	public Lot(Limits limits, AfterEnding afterEnding) {
		this(new LotState<>(limits, afterEnding));
	}

	Lot(LotState<R> state) {
		this.state = state;
		this.writes = new ParkedWrites<>(state);
		this.lane = new LotLane<>(state);
		this.operations = new LotOperations<>(state);
	}

	/** The side of the parked topic. */
	public ParkedWrites<R> writes() {
		return this.writes;
	}

	/** The side of the threads that try parked records again. */
	public LotLane<R> lane() {
		return this.lane;
	}

	/** The side of the operator. */
	public LotOperations<R> operations() {
		return this.operations;
	}

	/**
	 * Take over what the owner before has committed (R7, R8). Once, before anything else.
	 * @param snapshot committed state; {@link ParkedSnapshot#EMPTY} without a commit
	 * @param committedSource committed offset of the source partition; 0 without a commit
	 * @param loaded the records at the offsets of the snapshot. An offset without a
	 * record counts as done from now on: decide before whether its loss is acceptable
	 * @throws IllegalArgumentException if a record is not in the snapshot or is there
	 * twice
	 * @throws IllegalStateException if the lot was loaded or closed before
	 */
	public void load(ParkedSnapshot snapshot, long committedSource, Collection<LoadedRecord<R>> loaded) {
		this.state.lock.lock();
		try {
			if (this.state.phase != Phase.NEW) {
				throw new IllegalStateException("The lot was loaded or closed before");
			}
			this.state.committedSource = committedSource;
			this.state.log.restoreHigh(snapshot.high());
			loaded.forEach((record) -> load(snapshot, record));
			if (this.state.log.size() < snapshot.incomplete().length) {
				this.state.log.differs();
			}
			this.state.keys.forEach(this.state::schedule);
			this.state.enter(Phase.OPEN);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	private void load(ParkedSnapshot snapshot, LoadedRecord<R> loaded) {
		long parkedOffset = loaded.parkedOffset();
		if (!snapshot.contains(parkedOffset) || this.state.log.contains(parkedOffset)) {
			throw new IllegalArgumentException(
					"The record at offset %d is not in the snapshot, or is there twice".formatted(parkedOffset));
		}
		R source = loaded.record().source();
		ParkedKey<R> key = this.state.keys.findOrAdd(source.key(), source.offset());
		ParkedEntry<R> entry = new ParkedEntry<>(loaded.record());
		entry.parkedOffset = parkedOffset;
		entry.writtenAt(loaded.writtenAt());
		this.state.insert(key, entry);
		key.marked = key.marked || entry.isDead();
		this.state.log.restore(parkedOffset);
	}

	/**
	 * Whether nothing is parked: then {@link #route} does not look at the key. Only the
	 * consumer thread may rely on it.
	 */
	public boolean isIdle() {
		return this.state.idle;
	}

	/**
	 * Say what to do with a polled record (R2), and note the position of the main path.
	 * To be called for every record, in the order of the poll, before it is delivered;
	 * calling it again for the same record is harmless. While nothing is parked it takes
	 * no lock and allocates nothing.
	 * @param key raw key, or {@code null}
	 * @param offset source offset
	 * @throws IllegalStateException if the lot is not loaded or closed
	 */
	public Route route(byte @Nullable [] key, long offset) {
		if (this.state.idle) {
			this.state.mainPosition = offset + 1;
			return Route.DIRECT;
		}
		this.state.lock.lock();
		try {
			this.state.requireInUse();
			this.state.mainPathAt(offset);
			return this.state.route(key, offset);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * The records that are parked with a source offset, in the order of their arrival.
	 * One of them must be the record that is {@link Route#ALREADY_PARKED}. If none is,
	 * offsets were used again, because the source topic was created anew or has lost its
	 * end: park it, too.
	 * @param key raw key, or {@code null}
	 * @param offset source offset
	 */
	public List<R> parkedAt(byte @Nullable [] key, long offset) {
		this.state.lock.lock();
		try {
			List<R> records = new ArrayList<>();
			ParkedKey<R> parked = this.state.keys.find(key, offset);
			ParkedEntry<R> entry = (parked != null) ? parked.first : null;
			for (; entry != null && entry.offset <= offset; entry = entry.next) {
				if (entry.offset == offset) {
					records.add(entry.source);
				}
			}
			return records;
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * The limit that forbids to park a record now, if there is one: then the record stays
	 * in the source partition and is polled or submitted again later.
	 * @param record record of the source topic
	 */
	public Optional<Limit> limitFor(R record) {
		this.state.lock.lock();
		try {
			Limits limits = this.state.limits;
			if (this.state.records >= limits.records()) {
				return Optional.of(Limit.RECORDS);
			}
			if (this.state.bytes >= limits.bytes()) {
				return Optional.of(Limit.BYTES);
			}
			if (this.state.window() >= limits.window()) {
				return Optional.of(Limit.WINDOW);
			}
			ParkedKey<R> key = this.state.keys.find(record.key(), record.offset());
			return (key != null && key.size > limits.followers()) ? Optional.of(Limit.FOLLOWERS) : Optional.empty();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Park a record (R3): one that was to be diverted, as
	 * {@linkplain ParkedRecord#follower a follower}, or one whose delivery failed:
	 * {@link Standing#WAITING} for the next one, {@link Standing#STOPPED} when it was the
	 * last and the key is to stop, {@link Standing#ENDING} when it was the last and the
	 * key is to stay parked after the ending. That ending must not be done on the main
	 * path: after a crash, earlier records of the key could follow their dead successor.
	 * It counts as parked at once. Ask {@link #limitFor} before.
	 * @param record record and the state of its retry
	 * @return what to append to the parked topic, without waiting for it
	 * @throws IllegalArgumentException if the record is dead
	 * @throws IllegalStateException if the lot is not loaded or closed
	 */
	public ParkedWrite<R> park(ParkedRecord<R> record) {
		if (record.standing() == Standing.DEAD) {
			throw new IllegalArgumentException("Only a lane brings a record to its ending and parks it dead");
		}
		this.state.lock.lock();
		try {
			this.state.requireInUse();
			return this.state.park(record);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Take back the parking of a record that could not even be sent, so that its offset
	 * is not committed and it is delivered again. Only right after {@link #park}, for the
	 * record that the main path is at.
	 * @param write what {@link #park} has returned
	 * @return whether it is taken back; {@code false} when it is acknowledged already
	 */
	public boolean withdraw(ParkedWrite<R> write) {
		this.state.lock.lock();
		try {
			if (write.entry.gone || write.entry.isAcknowledged()) {
				return false;
			}
			this.state.remove(write.key, write.entry);
			return true;
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Ask for the commit of an offset of the source partition (R4). All records before it
	 * must have been processed or parked when this is called. Held back while the lot is
	 * not loaded or closed, and when the state does not fit into a commit: then
	 * {@linkplain ParkedWrites#renewals renew}.
	 * @param offset offset to commit
	 */
	public CommitPermit gate(long offset) {
		this.state.lock.lock();
		try {
			if (this.state.phase == Phase.NEW || this.state.phase == Phase.CLOSED) {
				return CommitPermit.HELD;
			}
			long upTo = this.state.acknowledgedUpTo(offset);
			if (upTo < offset && upTo <= this.state.committedSource) {
				return CommitPermit.HELD;
			}
			if (this.state.log.isCommitted()) {
				return new CommitPermit(upTo, null, false);
			}
			PendingSnapshot pending = this.state.log.snapshot();
			return pending.snapshot().fits() ? new CommitPermit(upTo, pending, false) : CommitPermit.HELD;
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * The present state, to be committed for the parked topic at any time by the owner:
	 * now and then, so that it does not expire, and before the lot is closed. Never send
	 * one while the outcome of another is open. Empty when it does not fit.
	 */
	public Optional<PendingSnapshot> snapshot() {
		this.state.lock.lock();
		try {
			PendingSnapshot pending = this.state.log.snapshot();
			return pending.snapshot().fits() ? Optional.of(pending) : Optional.empty();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/** Whether the present state is committed for the parked topic. */
	public boolean isSnapshotCommitted() {
		this.state.lock.lock();
		try {
			return this.state.log.isCommitted();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * A snapshot was committed for the parked topic. Not called when that failed.
	 * @param version version of the {@link PendingSnapshot}
	 */
	public void snapshotCommitted(long version) {
		this.state.lock.lock();
		try {
			this.state.log.committed(version);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * An offset of the source partition was committed. Parked records before it may be
	 * tried from now on (R5). Not called when the commit failed; but called before a
	 * commit of a smaller offset than the last is sent, whose outcome may never be known.
	 * @param offset committed offset
	 */
	public void sourceCommitted(long offset) {
		this.state.lock.lock();
		try {
			this.state.committedSource = offset;
			this.state.scheduleBlocked();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/** The source offset committed last, as far as the lot was told. */
	public long committedSource() {
		this.state.lock.lock();
		try {
			return this.state.committedSource;
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Wait until all records before an offset are acknowledged by the parked topic.
	 * @param offset source offset
	 * @param timeout how long to wait at most
	 * @return whether they are
	 * @throws InterruptedException if the thread is interrupted
	 */
	public boolean awaitAcknowledged(long offset, Duration timeout) throws InterruptedException {
		this.state.lock.lockInterruptibly();
		try {
			return this.state.await(() -> this.state.acknowledgedUpTo(offset) == offset, timeout);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Wait until the answer to {@link #route} is another one than {@link Route#WAIT}.
	 * @param key raw key, or {@code null}
	 * @param offset source offset
	 * @param timeout how long to wait at most
	 * @return whether it is
	 * @throws InterruptedException if the thread is interrupted
	 */
	public boolean awaitRoute(byte @Nullable [] key, long offset, Duration timeout) throws InterruptedException {
		this.state.lock.lockInterruptibly();
		try {
			return this.state.await(() -> this.state.route(key, offset) != Route.WAIT, timeout);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/** Hand nothing more to lanes (R9). What they have in hand goes on. */
	public void drain() {
		this.state.lock.lock();
		try {
			if (this.state.phase == Phase.OPEN) {
				this.state.enter(Phase.DRAINING);
			}
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Wait until no lane has a record in hand.
	 * @param timeout how long to wait at most
	 * @return whether none has
	 * @throws InterruptedException if the thread is interrupted
	 */
	public boolean awaitDrained(Duration timeout) throws InterruptedException {
		this.state.lock.lockInterruptibly();
		try {
			return this.state.await(() -> this.state.running == 0, timeout);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * The partition is not owned any more. Whatever a lane or the parked topic reports
	 * from now on has no effect.
	 */
	public void close() {
		this.state.lock.lock();
		try {
			this.state.enter(Phase.CLOSED);
			this.state.changed.signalAll();
		}
		finally {
			this.state.lock.unlock();
		}
	}

}
