package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedKey.Place;

/**
 * The state of a {@link Lot} and the rules on it that more than one of its sides needs.
 * Everything here is guarded by {@link #lock}, but for {@link #idle} and, while that is
 * set, {@link #mainPosition}.
 */
class LotState<R extends SourceRecord> {

	final ReentrantLock lock = new ReentrantLock();

	/** Signalled when a write or a task has an outcome. */
	final Condition changed = this.lock.newCondition();

	final Limits limits;

	final AfterEnding afterEnding;

	final KeyTable<R> keys = new KeyTable<>();

	final ParkedLog log = new ParkedLog();

	final RetryQueue<R> queue = new RetryQueue<>();

	/** Records that the parked topic may not have acknowledged yet. */
	final List<ParkedEntry<R>> unacknowledged = new ArrayList<>();

	/** Writes that failed and are to be sent again. */
	final List<ParkedWrite<R>> unsent = new ArrayList<>();

	Phase phase = Phase.NEW;

	/**
	 * Whether the lot is in use and nothing is parked. Only the consumer thread unsets
	 * it, so that it may rely on it without the lock.
	 */
	volatile boolean idle;

	int records;

	long bytes;

	int writing;

	int running;

	/** Source offset of the last successful commit. */
	long committedSource;

	/** Source offset behind the record that the main path routed last. */
	long mainPosition = Long.MAX_VALUE;

	LotState(Limits limits, AfterEnding afterEnding) {
		this.limits = limits;
		this.afterEnding = afterEnding;
	}

	void enter(Phase phase) {
		this.phase = phase;
		updateIdle();
	}

	private void updateIdle() {
		this.idle = this.records == 0 && (this.phase == Phase.OPEN || this.phase == Phase.DRAINING);
	}

	void requireInUse() {
		if (this.phase == Phase.NEW || this.phase == Phase.CLOSED) {
			throw new IllegalStateException((this.phase == Phase.NEW) ? "The parked records are not loaded yet"
					: "The partition is not owned any more");
		}
	}

	ParkedWrite<R> park(ParkedRecord<R> record) {
		ParkedKey<R> key = this.keys.findOrAdd(record.source().key(), record.source().offset());
		ParkedEntry<R> entry = new ParkedEntry<>(record);
		insert(key, entry);
		this.unacknowledged.add(entry);
		if (head(key) == entry) {
			schedule(key);
		}
		return write(key, entry);
	}

	void insert(ParkedKey<R> key, ParkedEntry<R> entry) {
		key.insert(entry);
		this.records++;
		this.bytes += entry.source.size();
		updateIdle();
	}

	/** A record is done, or was never parked: nothing of it remains. */
	void remove(ParkedKey<R> key, ParkedEntry<R> entry) {
		key.remove(entry);
		entry.gone = true;
		if (entry.writing) {
			this.writing--;
		}
		if (entry.isAcknowledged()) {
			this.log.remove(entry.parkedOffset);
		}
		this.records--;
		this.bytes -= entry.source.size();
		if (key.size == 0) {
			this.queue.remove(key);
			key.place = Place.GONE;
			this.keys.remove(key);
		}
		else {
			schedule(key);
		}
		updateIdle();
		this.changed.signalAll();
	}

	/** A new write of a record. Those before it count no more. */
	ParkedWrite<R> write(ParkedKey<R> key, ParkedEntry<R> entry) {
		entry.writes++;
		if (!entry.writing) {
			entry.writing = true;
			this.writing++;
		}
		return new ParkedWrite<>(key, entry);
	}

	/** Give a key the place in the scheduling that its state asks for. */
	void schedule(ParkedKey<R> key) {
		if (key.place == Place.RUNNING || key.place == Place.GONE) {
			return;
		}
		this.queue.remove(key);
		ParkedEntry<R> head = head(key);
		if (head == null || !isReady(key, head)) {
			return;
		}
		if (isPassed(head.offset)) {
			this.queue.queue(key, head.due);
		}
		else {
			this.queue.block(key, head.offset);
		}
	}

	/** The main path is somewhere else now. */
	void mainPathAt(long offset) {
		this.mainPosition = offset + 1;
		scheduleBlocked();
	}

	/** The frontier has moved: some keys may run now that could not before. */
	void scheduleBlocked() {
		while (this.queue.firstBlocked() != RetryQueue.NEVER && isPassed(this.queue.firstBlocked())) {
			ParkedKey<R> key = this.queue.pollBlocked();
			if (key != null) {
				schedule(key);
			}
		}
	}

	private boolean isReady(ParkedKey<R> key, ParkedEntry<R> head) {
		if (!head.isAcknowledged()) {
			return false;
		}
		return (key.dead > 0) ? mayFollow(key) : head.standing != Standing.STOPPED;
	}

	/** R1: the record of a key whose turn it is. */
	@Nullable ParkedEntry<R> head(ParkedKey<R> key) {
		return key.firstAlive();
	}

	/** R5: whether the source is committed and the main path is past a record. */
	boolean isPassed(long offset) {
		return offset < this.committedSource && offset < this.mainPosition;
	}

	/** R11: whether the records of a dead key may go to the dead-letter topic. */
	boolean mayFollow(ParkedKey<R> key) {
		return key.marked;
	}

	/** R2. */
	Route route(byte @Nullable [] bytes, long offset) {
		ParkedKey<R> key = this.keys.find(bytes, offset);
		if (key == null) {
			return Route.DIRECT;
		}
		if (key.contains(offset)) {
			return Route.ALREADY_PARKED;
		}
		ParkedEntry<R> alive = key.firstAlive();
		if (alive != null && alive.offset < offset) {
			return Route.DIVERT;
		}
		ParkedEntry<R> first = key.first;
		if (key.dead > 0 && first != null && first.offset < offset) {
			return mayFollow(key) ? Route.DEAD_LETTER : Route.WAIT;
		}
		return (key.place == Place.RUNNING) ? Route.WAIT : Route.DIRECT;
	}

	/** R4 (a): how far the source may be committed, as the parked topic has the rest. */
	long acknowledgedUpTo(long offset) {
		this.unacknowledged.removeIf((entry) -> entry.gone || entry.isAcknowledged());
		long upTo = offset;
		for (ParkedEntry<R> entry : this.unacknowledged) {
			upTo = Math.min(upTo, entry.offset);
		}
		return upTo;
	}

	/** The window that the state has when all writes under way have arrived. */
	long window() {
		return this.log.window() + this.writing;
	}

	/** Wait for a condition, with the lock held. */
	boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
		long rest = TimeUnit.NANOSECONDS.convert(timeout);
		while (!condition.getAsBoolean()) {
			if (rest <= 0) {
				return false;
			}
			rest = this.changed.awaitNanos(rest);
		}
		return true;
	}

	/**
	 * I5, I6 and the consistency of the structures.
	 * @throws IllegalStateException if one does not hold
	 */
	void assertInvariants() {
		int[] records = new int[3];
		long[] bytes = new long[1];
		this.keys.forEach((key) -> {
			assertInvariants(key);
			records[0] += key.size;
			for (ParkedEntry<R> entry = key.first; entry != null; entry = entry.next) {
				require(!entry.gone, "a record that is gone is parked");
				require(!entry.isAcknowledged() || this.log.contains(entry.parkedOffset), "I6: an offset is missing");
				require(entry.isAcknowledged() || this.unacknowledged.contains(entry), "a record's write is forgotten");
				if (entry.isAcknowledged()) {
					records[1]++;
				}
				if (entry.writing) {
					records[2]++;
				}
				bytes[0] += entry.source.size();
			}
		});
		require(records[0] == this.records && bytes[0] == this.bytes, "the counts differ from what is parked");
		require(records[1] == this.log.size(), "I6: an offset belongs to no record");
		require(records[2] == this.writing, "the number of writes under way is wrong");
		require(this.log.committedVersion() <= this.log.version(), "I6: a later version than the last is committed");
		ParkedSnapshot snapshot = this.log.snapshot().snapshot();
		require(snapshot.base() <= snapshot.high(), "I6: the base is behind the end");
		require(snapshot.isEmpty() || snapshot.incomplete()[snapshot.incomplete().length - 1] < snapshot.high(),
				"I6: an offset is behind the end");
		require(!this.idle || this.records == 0, "idle with parked records");
	}

	private void assertInvariants(ParkedKey<R> key) {
		int size = 0;
		int dead = 0;
		long offset = -1;
		for (ParkedEntry<R> entry = key.first; entry != null; entry = entry.next) {
			require(entry.offset >= offset, "R1: records of a key are not in source order");
			offset = entry.offset;
			size++;
			if (entry.isDead()) {
				dead++;
			}
		}
		require(size > 0 && size == key.size && dead == key.dead, "the counts of a key are wrong");
		require(!key.marked || dead > 0, "a key without dead records is marked");
		require(key.place != Place.GONE, "a key that is gone is parked");
		boolean waits = key.place == Place.QUEUED || key.place == Place.BLOCKED;
		require(!waits || this.queue.contains(key), "a key is not where it should be");
		ParkedEntry<R> head = head(key);
		boolean ready = head != null && isReady(key, head);
		require(key.place == Place.RUNNING || waits == ready, "a key that is ready is not scheduled");
	}

	private static void require(boolean holds, String violation) {
		if (!holds) {
			throw new IllegalStateException(violation);
		}
	}

	/** Life of a lot. */
	enum Phase {

		/** Created, not loaded. */
		NEW,

		/** In use. */
		OPEN,

		/** In use, but nothing new is handed to a lane. */
		DRAINING,

		/** Not owned any more. */
		CLOSED

	}

}
