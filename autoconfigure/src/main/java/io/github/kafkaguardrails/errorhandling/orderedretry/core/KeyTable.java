package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.Arrays;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The parked keys by their bytes. A hash table of its own, because the nodes and the key
 * objects of a {@link java.util.HashMap} would take a third of the memory of a parked
 * key. Guarded by the lock of the {@link LotState}.
 */
final class KeyTable<R extends SourceRecord> {

	private @Nullable ParkedKey<R>[] buckets = buckets(16);

	private int size;

	@SuppressWarnings("unchecked")
	private static <R extends SourceRecord> @Nullable ParkedKey<R>[] buckets(int length) {
		return (ParkedKey<R>[]) new ParkedKey<?>[length];
	}

	/**
	 * The key, or {@code null} when nothing of it is parked.
	 * @param key bytes of the key
	 * @param offset source offset, which stands for the key of a record without one
	 */
	@Nullable ParkedKey<R> find(byte @Nullable [] key, long offset) {
		int hash = hash(key, offset);
		ParkedKey<R> each = this.buckets[bucket(hash)];
		while (each != null && !(each.hash == hash && each.matches(key, offset))) {
			each = each.nextInBucket;
		}
		return each;
	}

	/** The key; when nothing of it is parked it is created, and needs a record then. */
	ParkedKey<R> findOrAdd(byte @Nullable [] key, long offset) {
		ParkedKey<R> found = find(key, offset);
		if (found != null) {
			return found;
		}
		if (this.size == this.buckets.length) {
			grow();
		}
		ParkedKey<R> added = new ParkedKey<>(key, hash(key, offset));
		link(added);
		this.size++;
		return added;
	}

	void remove(ParkedKey<R> key) {
		int bucket = bucket(key.hash);
		ParkedKey<R> before = null;
		ParkedKey<R> each = this.buckets[bucket];
		while (each != null && each != key) {
			before = each;
			each = each.nextInBucket;
		}
		if (before == null) {
			this.buckets[bucket] = key.nextInBucket;
		}
		else {
			before.nextInBucket = key.nextInBucket;
		}
		key.nextInBucket = null;
		this.size--;
	}

	int size() {
		return this.size;
	}

	void forEach(Consumer<ParkedKey<R>> action) {
		for (ParkedKey<R> first : this.buckets) {
			for (ParkedKey<R> each = first; each != null; each = each.nextInBucket) {
				action.accept(each);
			}
		}
	}

	private void grow() {
		@Nullable ParkedKey<R>[] before = this.buckets;
		this.buckets = buckets(2 * before.length);
		for (ParkedKey<R> first : before) {
			ParkedKey<R> each = first;
			while (each != null) {
				ParkedKey<R> next = each.nextInBucket;
				link(each);
				each = next;
			}
		}
	}

	private void link(ParkedKey<R> key) {
		int bucket = bucket(key.hash);
		key.nextInBucket = this.buckets[bucket];
		this.buckets[bucket] = key;
	}

	private int bucket(int hash) {
		return hash & (this.buckets.length - 1);
	}

	private static int hash(byte @Nullable [] key, long offset) {
		int hash = (key != null) ? Arrays.hashCode(key) : Long.hashCode(offset);
		return hash ^ (hash >>> 16);
	}

}
