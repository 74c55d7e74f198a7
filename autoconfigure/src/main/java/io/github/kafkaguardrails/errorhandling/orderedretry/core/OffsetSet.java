package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.Arrays;

/**
 * A sorted set of offsets in eight bytes each. Offsets come mostly in ascending order.
 */
final class OffsetSet {

	private long[] offsets = new long[8];

	private int size;

	void add(long offset) {
		int index = (this.size == 0 || offset > this.offsets[this.size - 1]) ? -this.size - 1 : indexOf(offset);
		if (index >= 0) {
			return;
		}
		if (this.size == this.offsets.length) {
			this.offsets = Arrays.copyOf(this.offsets, this.size + this.size / 2);
		}
		int place = -index - 1;
		System.arraycopy(this.offsets, place, this.offsets, place + 1, this.size - place);
		this.offsets[place] = offset;
		this.size++;
	}

	void remove(long offset) {
		int index = indexOf(offset);
		if (index < 0) {
			return;
		}
		this.size--;
		System.arraycopy(this.offsets, index + 1, this.offsets, index, this.size - index);
	}

	boolean contains(long offset) {
		return indexOf(offset) >= 0;
	}

	private int indexOf(long offset) {
		return Arrays.binarySearch(this.offsets, 0, this.size, offset);
	}

	int size() {
		return this.size;
	}

	/** The smallest offset, or the given one when there is none. */
	long firstOr(long otherwise) {
		return (this.size > 0) ? this.offsets[0] : otherwise;
	}

	/** All offsets, in ascending order. */
	long[] toArray() {
		return Arrays.copyOf(this.offsets, this.size);
	}

}
