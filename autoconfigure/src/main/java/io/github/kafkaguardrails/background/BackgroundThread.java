package io.github.kafkaguardrails.background;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A daemon thread from the start of a bean to its next stop. It lets the application have
 * a head start: until then the processor is needed for the start-up.
 *
 * @since 0.1.0
 */
public final class BackgroundThread {

	/** How long background work waits when an application starts. */
	public static final Duration HEAD_START = Duration.ofSeconds(1);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

	private final CountDownLatch ended = new CountDownLatch(1);

	private final Thread thread;

	private BackgroundThread(String name, Duration headStart, @Nullable Duration interval, BackgroundWork work) {
		this.thread = new Thread(() -> run(headStart, interval, work), name);
		this.thread.setDaemon(true);
	}

	/**
	 * Start a thread that works once.
	 * @param name name of the thread
	 * @param headStart pause before the work
	 * @param work the work
	 */
	public static BackgroundThread once(String name, Duration headStart, BackgroundWork work) {
		return start(new BackgroundThread(name, headStart, null, work));
	}

	/**
	 * Start a thread that works again and again.
	 * @param name name of the thread
	 * @param headStart pause before the first run
	 * @param interval pause between two runs
	 * @param work the work; a run that fails does not end the thread
	 */
	public static BackgroundThread repeating(String name, Duration headStart, Duration interval, BackgroundWork work) {
		return start(new BackgroundThread(name, headStart, interval, work));
	}

	private static BackgroundThread start(BackgroundThread background) {
		background.thread.start();
		return background;
	}

	private void run(Duration headStart, @Nullable Duration interval, BackgroundWork work) {
		try {
			Duration pause = headStart;
			while (pause != null && !this.ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
				runOnce(work);
				pause = interval;
			}
		}
		catch (InterruptedException ex) {
			// it is to end
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

	/** Interrupt the work, and wait for its end for a second at the most. */
	public void end() {
		this.ended.countDown();
		this.thread.interrupt();
		try {
			this.thread.join(STOP_TIMEOUT.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
