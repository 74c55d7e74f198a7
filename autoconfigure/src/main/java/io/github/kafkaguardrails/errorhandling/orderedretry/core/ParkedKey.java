package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The parked records of one key, in the order of the source partition (R1), never empty
 * while it is in the {@link KeyTable}. A record without a key has one of its own. Guarded
 * by the lock of the {@link LotState}.
 */
final class ParkedKey<R extends SourceRecord> {

	final byte @Nullable [] bytes;

	final int hash;

	/** Next key in the same bucket of the table. */
	@Nullable ParkedKey<R> nextInBucket;

	@Nullable ParkedEntry<R> first;

	private @Nullable ParkedEntry<R> last;

	int size;

	/** Number of records that are dead. */
	int dead;

	/** Whether a dead record's marker is in the parked topic. */
	boolean marked;

	Place place = Place.IDLE;

	/** When it is due, while it is queued; its first offset, while it is blocked. */
	long rank;

	ParkedKey(byte @Nullable [] bytes, int hash) {
		this.bytes = bytes;
		this.hash = hash;
	}

	boolean matches(byte @Nullable [] key, long offset) {
		if (this.bytes == null || key == null) {
			return this.bytes == key && this.first != null && this.first.offset == offset;
		}
		return Arrays.equals(this.bytes, key);
	}

	/** Put a record in its place; behind those of the same offset, if there are any. */
	void insert(ParkedEntry<R> entry) {
		ParkedEntry<R> before = null;
		if (this.last != null && this.last.offset <= entry.offset) {
			before = this.last;
		}
		else {
			ParkedEntry<R> each = this.first;
			while (each != null && each.offset <= entry.offset) {
				before = each;
				each = each.next;
			}
		}
		if (before == null) {
			entry.next = this.first;
			this.first = entry;
		}
		else {
			entry.next = before.next;
			before.next = entry;
		}
		if (entry.next == null) {
			this.last = entry;
		}
		this.size++;
		if (entry.isDead()) {
			this.dead++;
		}
	}

	void remove(ParkedEntry<R> entry) {
		ParkedEntry<R> before = null;
		ParkedEntry<R> each = this.first;
		while (each != null && each != entry) {
			before = each;
			each = each.next;
		}
		if (each == null) {
			throw new IllegalStateException("The record at offset %d is not parked".formatted(entry.offset));
		}
		if (before == null) {
			this.first = entry.next;
		}
		else {
			before.next = entry.next;
		}
		if (this.last == entry) {
			this.last = before;
		}
		entry.next = null;
		this.size--;
		if (entry.isDead()) {
			this.dead--;
			this.marked = this.marked && this.dead > 0;
		}
	}

	boolean contains(long offset) {
		if (this.last == null || offset > this.last.offset) {
			return false;
		}
		ParkedEntry<R> each = this.first;
		while (each != null && each.offset < offset) {
			each = each.next;
		}
		return each != null && each.offset == offset;
	}

	/** The first record that is not dead, or {@code null} when there is none. */
	@Nullable ParkedEntry<R> firstAlive() {
		ParkedEntry<R> each = this.first;
		while (each != null && each.isDead()) {
			each = each.next;
		}
		return each;
	}

	/** Where the key is in the scheduling of the lanes. */
	enum Place {

		/**
		 * Nothing to do: its first record waits for an acknowledgement or an operator.
		 */
		IDLE,

		/** In the queue, by its due time. */
		QUEUED,

		/** Held back by the frontier. */
		BLOCKED,

		/** Its record is in the hands of a lane. */
		RUNNING,

		/** Not parked any more. */
		GONE

	}

}
