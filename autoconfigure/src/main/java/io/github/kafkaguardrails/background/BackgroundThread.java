package io.github.kafkaguardrails.background;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A daemon thread from the start of a bean to its next stop. It lets the application have
 * a head start: until then the processor is needed for the start-up.
 *
 * @since 0.1.0
 */
public final class BackgroundThread extends Thread {

	/** How long background work waits when an application starts. */
	public static final Duration HEAD_START = Duration.ofSeconds(1);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

	private final CountDownLatch ended = new CountDownLatch(1);

	private final Duration headStart;

	private final @Nullable Duration interval;

	private final Supplier<BackgroundWork> work;

	/**
	 * A thread, not yet started.
	 * @param name name of the thread
	 * @param headStart pause before the first run
	 * @param interval pause between two runs, or {@code null} for work that is done once
	 * @param work gives the work; asked behind the head start. A run of work with an
	 * interval that fails does not end the thread.
	 */
	BackgroundThread(String name, Duration headStart, @Nullable Duration interval, Supplier<BackgroundWork> work) {
		super(name);
		setDaemon(true);
		this.headStart = headStart;
		this.interval = interval;
		this.work = work;
	}

	@Override
	public void run() {
		try {
			if (!endsWithin(this.headStart)) {
				work(this.work.get());
			}
		}
		catch (InterruptedException ex) {
			// it is to end
		}
	}

	private void work(BackgroundWork work) throws InterruptedException {
		try {
			do {
				runOnce(work);
			}
			while (this.interval != null && !endsWithin(this.interval));
		}
		finally {
			work.close();
		}
	}

	private void runOnce(BackgroundWork work) throws InterruptedException {
		try {
			work.run();
		}
		catch (RuntimeException ex) {
			if (this.ended.getCount() > 0) {
				work.failed(ex);
			}
		}
	}

	private boolean endsWithin(Duration pause) throws InterruptedException {
		return this.ended.await(pause.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Interrupt the work, and wait for its end for a second at the most. */
	void end() {
		this.ended.countDown();
		interrupt();
		try {
			join(STOP_TIMEOUT.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
