package io.github.kafkaguardrails.background;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link BackgroundThread}. */
class BackgroundThreadTests {

	private static final Duration LONG = Duration.ofMinutes(10);

	private final AtomicInteger asked = new AtomicInteger();

	private final AtomicInteger runs = new AtomicInteger();

	private final AtomicInteger failures = new AtomicInteger();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final BackgroundWork work = new BackgroundWork() {

		@Override
		public void run() {
			BackgroundThreadTests.this.runs.incrementAndGet();
			throw new IllegalStateException("planted");
		}

		@Override
		public void failed(RuntimeException ex) {
			BackgroundThreadTests.this.failures.incrementAndGet();
		}

		@Override
		public void close() {
			BackgroundThreadTests.this.closed.countDown();
		}

	};

	private @Nullable BackgroundThread thread;

	@AfterEach
	void end() {
		if (this.thread != null) {
			this.thread.end();
		}
	}

	@Test
	void letsTheApplicationHaveAHeadStart() {
		this.thread = start(LONG, null, this.work);
		Awaitility.await().until(() -> thread() != null && thread().getState() == Thread.State.TIMED_WAITING);
		this.thread.end();
		assertThat(thread()).isNull();
		assertThat(this.runs).hasValue(0);
		assertThat(this.asked).hasValue(0);
	}

	@Test
	void worksOnceOnADaemonThreadThatEnds() throws InterruptedException {
		this.thread = start(Duration.ZERO, null, this.work);
		assertThat(this.closed.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.runs).hasValue(1);
		Awaitility.await().until(() -> thread() == null);
	}

	@Test
	void worksAgainAfterAFailure() {
		this.thread = start(Duration.ZERO, Duration.ofMillis(1), this.work);
		Awaitility.await().until(() -> this.failures.get() > 2);
		assertThat(thread()).isNotNull().matches(Thread::isDaemon);
		assertThat(this.closed.getCount()).isOne();
	}

	@Test
	void interruptsTheWorkAndCountsNoFailureThen() throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		this.thread = start(Duration.ZERO, LONG, new BackgroundWork() {

			@Override
			public void run() {
				begun.countDown();
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}

			@Override
			public void failed(RuntimeException ex) {
				BackgroundThreadTests.this.failures.incrementAndGet();
			}

		});
		assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
		this.thread.end();
		assertThat(thread()).isNull();
		assertThat(this.failures).hasValue(0);
	}

	private BackgroundThread start(Duration headStart, @Nullable Duration interval, BackgroundWork work) {
		BackgroundThread started = new BackgroundThread("test-background", headStart, interval, () -> {
			this.asked.incrementAndGet();
			return work;
		});
		started.start();
		return started;
	}

	private static @Nullable Thread thread() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("test-background"))
			.findFirst()
			.orElse(null);
	}

}
