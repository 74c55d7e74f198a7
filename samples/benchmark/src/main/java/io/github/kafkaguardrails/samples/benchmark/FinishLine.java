package io.github.kafkaguardrails.samples.benchmark;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the rate of the last three quarters of the records that a listener sees:
 * start-up and what goes on in the background right after it are measured on their own.
 * Safe for use by several threads.
 */
final class FinishLine {

	private static final Duration LIMIT = Duration.ofMinutes(10);

	private final long startLine;

	private final long records;

	private final AtomicLong seen = new AtomicLong();

	private final CountDownLatch finished = new CountDownLatch(1);

	private volatile long start;

	private volatile long end;

	FinishLine(long records) {
		this.startLine = Math.max(1, records / 4);
		this.records = records;
	}

	/** Count records that were just received. */
	void passed(int count) {
		long before = this.seen.getAndAdd(count);
		long now = before + count;
		if (now >= this.startLine && before < this.startLine) {
			this.start = System.nanoTime();
		}
		if (now >= this.records && before < this.records) {
			this.end = System.nanoTime();
			this.finished.countDown();
		}
	}

	boolean reached() {
		return this.finished.getCount() == 0;
	}

	/**
	 * Wait for the last record.
	 * @return how many records passed a second, once the first quarter had passed
	 * @throws IllegalStateException when it is not seen within ten minutes
	 */
	double await() throws InterruptedException {
		if (!this.finished.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new IllegalStateException("Only " + this.seen + " of " + this.records + " records arrived within "
					+ LIMIT.toMinutes() + " minutes");
		}
		return (this.records - this.startLine) / ((this.end - this.start) / 1e9);
	}

}
