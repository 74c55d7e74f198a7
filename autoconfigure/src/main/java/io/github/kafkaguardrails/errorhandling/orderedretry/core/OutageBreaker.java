package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Tells an outage from a poisoned key: it opens when the last deliveries on so many
 * different keys failed, without a success in between, and closes with the next success.
 * While it is open nothing more is parked and the current record is delivered again and
 * again, lest a dead dependency copies the whole topic into the parked topic. Safe for
 * use by several threads.
 *
 * @since 0.1.0
 */
public final class OutageBreaker {

	private final int keys;

	private final Set<Object> failing = new HashSet<>();

	private volatile int failures;

	/**
	 * A closed breaker.
	 * @param keys number of different keys, at least 1
	 * @throws IllegalArgumentException if it is smaller
	 */
	public OutageBreaker(int keys) {
		if (keys < 1) {
			throw new IllegalArgumentException("keys is %d, it must be at least 1".formatted(keys));
		}
		this.keys = keys;
	}

	/**
	 * The direct delivery of a record failed.
	 * @param key raw key, or {@code null}
	 * @param offset source offset, which stands for the key of a record without one
	 * @return whether the breaker is open now
	 */
	public boolean failed(byte @Nullable [] key, long offset) {
		synchronized (this.failing) {
			if (this.failing.size() < this.keys) {
				this.failing.add((key != null) ? ByteBuffer.wrap(key) : Long.valueOf(offset));
			}
			this.failures = this.failing.size();
			return isOpen();
		}
	}

	/** A delivery succeeded. Costs next to nothing while none fails. */
	public void succeeded() {
		if (this.failures == 0) {
			return;
		}
		synchronized (this.failing) {
			this.failing.clear();
			this.failures = 0;
		}
	}

	/** Whether there seems to be an outage. */
	public boolean isOpen() {
		return this.failures == this.keys;
	}

}
