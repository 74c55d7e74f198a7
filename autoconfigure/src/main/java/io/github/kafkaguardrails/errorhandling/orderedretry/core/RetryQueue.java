package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.Comparator;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedKey.Place;

/**
 * The keys whose turn is to come: queued by when they are due, or held back until the
 * main path and the commits have passed their record. A key is here at most once. Guarded
 * by the lock of the {@link LotState}.
 */
final class RetryQueue<R extends SourceRecord> {

	/** Until when there is nothing to do if nothing changes. */
	static final long NEVER = Long.MAX_VALUE;

	private final PriorityQueue<ParkedKey<R>> queued = new PriorityQueue<>(
			Comparator.comparingLong((ParkedKey<R> key) -> key.rank));

	private final PriorityQueue<ParkedKey<R>> blocked = new PriorityQueue<>(
			Comparator.comparingLong((ParkedKey<R> key) -> key.rank));

	void queue(ParkedKey<R> key, long due) {
		key.rank = due;
		key.place = Place.QUEUED;
		this.queued.add(key);
	}

	void block(ParkedKey<R> key, long offset) {
		key.rank = offset;
		key.place = Place.BLOCKED;
		this.blocked.add(key);
	}

	/** Take a key out, wherever it is: slow, and rare. */
	void remove(ParkedKey<R> key) {
		if (key.place == Place.QUEUED) {
			this.queued.remove(key);
		}
		else if (key.place == Place.BLOCKED) {
			this.blocked.remove(key);
		}
		key.place = Place.IDLE;
	}

	/** Take out the first key that is due, or {@code null} when there is none. */
	@Nullable ParkedKey<R> pollDue(long now) {
		ParkedKey<R> first = this.queued.peek();
		if (first == null || first.rank > now) {
			return null;
		}
		this.queued.poll();
		first.place = Place.IDLE;
		return first;
	}

	/** The lowest offset that is held back, or {@link #NEVER}. */
	long firstBlocked() {
		ParkedKey<R> first = this.blocked.peek();
		return (first != null) ? first.rank : NEVER;
	}

	/** Take out the key of the lowest offset that is held back. */
	@Nullable ParkedKey<R> pollBlocked() {
		ParkedKey<R> first = this.blocked.poll();
		if (first != null) {
			first.place = Place.IDLE;
		}
		return first;
	}

	/** When the first key is due, or {@link #NEVER}. */
	long nextDue() {
		ParkedKey<R> first = this.queued.peek();
		return (first != null) ? first.rank : NEVER;
	}

	int due(long now) {
		return (int) this.queued.stream().filter((key) -> key.rank <= now).count();
	}

	boolean contains(ParkedKey<R> key) {
		return ((key.place == Place.QUEUED) ? this.queued : this.blocked).contains(key);
	}

}
