package io.github.kafkaguardrails.cluster;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.kafkaguardrails.setup.Reading;

/**
 * A span of time that begins now. Waits for answers until it is over, then no longer.
 */
final class TimeBox {

	private final long end;

	TimeBox(Duration length) {
		this.end = System.nanoTime() + length.toNanos();
	}

	/** What is left, not negative. */
	Duration left() {
		return Duration.ofNanos(Math.max(0, this.end - System.nanoTime()));
	}

	/** A box that ends when half of what is left of this one is over. */
	TimeBox half() {
		return new TimeBox(left().dividedBy(2));
	}

	/** What is left for a request, in milliseconds, at least 1. */
	int millis() {
		return Math.toIntExact(Math.max(1, left().toMillis()));
	}

	<T> T await(Future<T> answer) throws InterruptedException, ExecutionException, TimeoutException {
		return answer.get(millis(), TimeUnit.MILLISECONDS);
	}

	/** The answer, or the class of the error in its place. */
	<T> Reading<T> reading(Future<T> answer) throws InterruptedException {
		try {
			T value = await(answer);
			return (value != null) ? Reading.of(value) : Reading.unknown("the cluster did not tell");
		}
		catch (ExecutionException | TimeoutException ex) {
			return Reading.unknown(Failure.of(ex).reason());
		}
	}

}
