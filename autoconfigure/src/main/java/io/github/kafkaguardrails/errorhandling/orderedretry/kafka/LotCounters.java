package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens to the lots of a listener, since the start of the application and
 * of all partitions that it ever owned. Safe for use by several threads; nothing blocks.
 *
 * @since 0.1.0
 */
public final class LotCounters {

	private final LongAdder takeOvers = new LongAdder();

	private final LongAdder takeOverMillis = new LongAdder();

	private final LongAdder gateHolds = new LongAdder();

	private final LongAdder renewals = new LongAdder();

	void tookOver(long millis) {
		this.takeOverMillis.add(millis);
		this.takeOvers.increment();
	}

	void held() {
		this.gateHolds.increment();
	}

	void renewed() {
		this.renewals.increment();
	}

	/** Partitions that were taken over. */
	public long takeOvers() {
		return this.takeOvers.sum();
	}

	/**
	 * Milliseconds from the assignments of these partitions until what is parked of them
	 * was read.
	 */
	public long takeOverMillis() {
		return this.takeOverMillis.sum();
	}

	/** Commits of the container that were held back. */
	public long gateHolds() {
		return this.gateHolds.sum();
	}

	/** Parked records that were appended to the parked topic once more. */
	public long renewals() {
		return this.renewals.sum();
	}

}
