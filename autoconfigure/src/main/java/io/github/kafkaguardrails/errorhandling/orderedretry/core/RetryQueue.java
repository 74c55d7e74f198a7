package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedKey.Place;

/**
 * The keys whose turn is decided by time: queued by when they are due, or held back until
 * the source offset is committed past them. A key is here at most once. Guarded by the
 * lock of the {@link LotState}.
 */
final class RetryQueue<R extends SourceRecord> {

	/** Until when there is nothing to do if nothing changes. */
	static final long NEVER = Long.MAX_VALUE;

	private final PriorityQueue<ParkedKey<R>> queued = new PriorityQueue<>(
			Comparator.comparingLong((ParkedKey<R> key) -> key.due));

	/** May hold keys that are somewhere else by now. */
	private final List<ParkedKey<R>> blocked = new ArrayList<>();

	void add(ParkedKey<R> key, long due) {
		key.due = due;
		key.place = Place.QUEUED;
		this.queued.add(key);
	}

	void block(ParkedKey<R> key) {
		key.place = Place.BLOCKED;
		this.blocked.add(key);
	}

	/** Take a key out, wherever it is. Slow when it is queued. */
	void remove(ParkedKey<R> key) {
		if (key.place == Place.QUEUED) {
			this.queued.remove(key);
		}
		key.place = Place.IDLE;
	}

	/** Take out the first key that is due, or {@code null} when there is none. */
	@Nullable ParkedKey<R> poll(long now) {
		ParkedKey<R> first = this.queued.peek();
		if (first == null || first.due > now) {
			return null;
		}
		this.queued.poll();
		first.place = Place.IDLE;
		return first;
	}

	/** Take out all keys that were held back. */
	List<ParkedKey<R>> unblock() {
		if (this.blocked.isEmpty()) {
			return List.of();
		}
		List<ParkedKey<R>> keys = new ArrayList<>(this.blocked.size());
		for (ParkedKey<R> key : this.blocked) {
			if (key.place == Place.BLOCKED) {
				key.place = Place.IDLE;
				keys.add(key);
			}
		}
		this.blocked.clear();
		return keys;
	}

	/** When the first key is due, or {@link #NEVER}. */
	long nextDue() {
		ParkedKey<R> first = this.queued.peek();
		return (first != null) ? first.due : NEVER;
	}

	int due(long now) {
		return (int) this.queued.stream().filter((key) -> key.due <= now).count();
	}

	boolean contains(ParkedKey<R> key) {
		return this.queued.contains(key) || this.blocked.contains(key);
	}

}
