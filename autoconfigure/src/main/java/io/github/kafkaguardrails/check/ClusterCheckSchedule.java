package io.github.kafkaguardrails.check;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Runs a {@link ClusterCheck} again and again on a daemon thread of its own. The first
 * check begins when all else has been started; the thread ends with the context, in the
 * middle of a read as well.
 *
 * @since 0.1.0
 */
public final class ClusterCheckSchedule implements SmartLifecycle {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

	private static final Log logger = LogFactory.getLog(ClusterCheckSchedule.class);

	private final ClusterCheck check;

	private final Duration interval;

	private final boolean enabled;

	private @Nullable Run run;

	/**
	 * A schedule.
	 * @param check what runs
	 * @param interval pause between two checks
	 * @param enabled whether to start with the context
	 */
	public ClusterCheckSchedule(ClusterCheck check, Duration interval, boolean enabled) {
		this.check = check;
		this.interval = interval;
		this.enabled = enabled;
	}

	@Override
	public boolean isAutoStartup() {
		return this.enabled;
	}

	@Override
	public synchronized void start() {
		if (this.run == null) {
			this.run = new Run(this.check, this.interval);
			this.run.thread.start();
		}
	}

	@Override
	public synchronized void stop() {
		if (this.run != null) {
			this.run.end();
			this.run = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.run != null;
	}

	/** Last to start, first to stop. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

	/** From a start to the next stop. */
	private static final class Run implements Runnable {

		private final ClusterCheck check;

		private final Duration interval;

		private final CountDownLatch ended = new CountDownLatch(1);

		private final Thread thread = new Thread(this, "kafka-guardrails-cluster-check");

		Run(ClusterCheck check, Duration interval) {
			this.check = check;
			this.interval = interval;
			this.thread.setDaemon(true);
		}

		@Override
		public void run() {
			try {
				do {
					check();
				}
				while (!this.ended.await(this.interval.toMillis(), TimeUnit.MILLISECONDS));
			}
			catch (InterruptedException | InterruptException ex) {
				// the context stops
			}
		}

		private void check() {
			try {
				this.check.check();
			}
			catch (InterruptException ex) {
				throw ex;
			}
			catch (RuntimeException ex) {
				if (this.ended.getCount() > 0) {
					logger.warn("Kafka Guardrails could not check the clusters (" + ex.getClass().getName()
							+ ") and will try again in " + this.interval);
					logger.debug("The check of the clusters failed", ex);
				}
			}
		}

		void end() {
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

}
