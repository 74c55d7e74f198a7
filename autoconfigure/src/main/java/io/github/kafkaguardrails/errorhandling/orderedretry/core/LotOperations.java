package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.LotState.Phase;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedKey.Place;

/**
 * What an operator sees of the parked records of one partition, and does with one key.
 * May be used by any thread; nothing blocks. A record without a key is its own key, named
 * by its source offset; otherwise the offset is ignored.
 *
 * <p>
 * An operation answers with the record that it was applied to, or with nothing: the key
 * is not parked, not in the state that the operation is for, being tried at this moment,
 * or not settled yet (the parked topic has not acknowledged it, or the source offset is
 * not committed past it). Then it may be repeated.
 *
 * @param <R> type of the records
 * @since 0.1.0
 */
public final class LotOperations<R extends SourceRecord> {

	private final LotState<R> state;

	LotOperations(LotState<R> state) {
		this.state = state;
	}

	/**
	 * Try the first record of a key now, also when it is stopped; not when it is dead.
	 * @param key raw key, or {@code null}
	 * @param offset source offset of a record without a key
	 */
	public Optional<ParkedRecord<R>> retryNow(byte @Nullable [] key, long offset) {
		return operate(key, offset, (parked) -> parked.dead == 0, (parked, first) -> {
			first.standing = (first.standing == Standing.STOPPED) ? Standing.WAITING : first.standing;
			first.due = 0;
			this.state.schedule(parked);
		});
	}

	/**
	 * Let a key go on that waits for an operator. A stopped record gets all its attempts
	 * anew, the first one now. A dead record is forgotten, the later ones of its key are
	 * delivered again.
	 * @param key raw key, or {@code null}
	 * @param offset source offset of a record without a key
	 */
	public Optional<ParkedRecord<R>> release(byte @Nullable [] key, long offset) {
		return operate(key, offset, LotOperations::isBlockedByFirst, (parked, first) -> {
			if (first.isDead()) {
				this.state.remove(parked, first);
				return;
			}
			first.standing = Standing.WAITING;
			first.attempts = 0;
			first.firstFailure = 0;
			first.due = 0;
			this.state.schedule(parked);
		});
	}

	private static <R extends SourceRecord> boolean isBlockedByFirst(ParkedKey<R> key) {
		ParkedEntry<R> first = key.first;
		return first != null && (first.isDead() ? key.marked : first.standing == Standing.STOPPED);
	}

	/**
	 * Give up the first record of a key as if it were processed; the next one is due at
	 * once. Not for a dead record, see {@link #release}.
	 * @param key raw key, or {@code null}
	 * @param offset source offset of a record without a key
	 */
	public Optional<ParkedRecord<R>> skip(byte @Nullable [] key, long offset) {
		return operate(key, offset, (parked) -> parked.dead == 0, this.state::remove);
	}

	private Optional<ParkedRecord<R>> operate(byte @Nullable [] key, long offset, Predicate<ParkedKey<R>> condition,
			Operation<R> operation) {
		this.state.lock.lock();
		try {
			ParkedKey<R> parked = this.state.keys.find(key, offset);
			if (parked == null || parked.place == Place.RUNNING || this.state.phase == Phase.CLOSED
					|| !condition.test(parked)) {
				return Optional.empty();
			}
			ParkedEntry<R> first = parked.first;
			if (first == null || !first.isAcknowledged() || !this.state.isPassed(first.offset)) {
				return Optional.empty();
			}
			ParkedRecord<R> before = first.record();
			operation.apply(parked, first);
			return Optional.of(before);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Whether a key is parked.
	 * @param key raw key, or {@code null}
	 * @param offset source offset of a record without a key
	 */
	public boolean isParked(byte @Nullable [] key, long offset) {
		this.state.lock.lock();
		try {
			return this.state.keys.find(key, offset) != null;
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/** All parked keys, in no order. */
	public List<KeyStatus<R>> keys() {
		this.state.lock.lock();
		try {
			List<KeyStatus<R>> keys = new ArrayList<>(this.state.keys.size());
			this.state.keys.forEach((key) -> {
				if (key.first != null) {
					keys.add(new KeyStatus<>(key.first.record(), key.size, key.place == Place.RUNNING));
				}
			});
			return keys;
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * The figures of the partition.
	 * @param now present instant, in epoch milliseconds
	 */
	public LotStatus status(long now) {
		this.state.lock.lock();
		try {
			int[] keys = new int[2];
			int[] unacknowledged = new int[1];
			long[] oldest = { Long.MAX_VALUE };
			this.state.keys.forEach((key) -> {
				if (key.dead > 0) {
					keys[1]++;
				}
				else if (key.first != null && key.first.standing == Standing.STOPPED) {
					keys[0]++;
				}
				for (ParkedEntry<R> entry = key.first; entry != null; entry = entry.next) {
					if (!entry.isAcknowledged()) {
						unacknowledged[0]++;
					}
					if (entry.firstFailure > 0) {
						oldest[0] = Math.min(oldest[0], entry.firstFailure);
					}
				}
			});
			return new LotStatus(this.state.records, this.state.keys.size(), keys[0], keys[1], this.state.bytes,
					this.state.window(), unacknowledged[0], this.state.running, this.state.queue.due(now),
					(oldest[0] < Long.MAX_VALUE) ? oldest[0] : 0);
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/** Something done to the first record of a key. */
	private interface Operation<R extends SourceRecord> {

		void apply(ParkedKey<R> key, ParkedEntry<R> first);

	}

}
