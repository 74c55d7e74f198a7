package io.github.kafkaguardrails.samples.benchmark;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes the time from the first record that a listener sees to the last, so that start-up
 * and group join do not count. Safe for use by several threads.
 */
final class FinishLine {

	private static final Duration LIMIT = Duration.ofMinutes(10);

	private final long records;

	private final AtomicLong seen = new AtomicLong();

	private final CountDownLatch finished = new CountDownLatch(1);

	private volatile long start;

	private volatile long end;

	FinishLine(long records) {
		this.records = records;
	}

	/** Count records that were just received. */
	void passed(int count) {
		long before = this.seen.getAndAdd(count);
		if (before == 0) {
			this.start = System.nanoTime();
		}
		if (before + count >= this.records && before < this.records) {
			this.end = System.nanoTime();
			this.finished.countDown();
		}
	}

	boolean reached() {
		return this.finished.getCount() == 0;
	}

	/**
	 * Wait for the last record.
	 * @return the time from the first record to the last
	 * @throws IllegalStateException when it is not seen within ten minutes
	 */
	Duration await() throws InterruptedException {
		if (!this.finished.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new IllegalStateException("Only " + this.seen + " of " + this.records + " records arrived within "
					+ LIMIT.toMinutes() + " minutes");
		}
		return Duration.ofNanos(this.end - this.start);
	}

}
