package io.github.kafkaguardrails.activity;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.setup.ActivitySetup;

/**
 * Observes the running application again and again, on a daemon thread of its own, and
 * runs all rules on what was observed. Contacts no broker. The first sample is taken when
 * all else has been started; the thread ends with the context.
 *
 * @since 0.1.0
 */
public final class ActivityCheck implements SmartLifecycle {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

	private static final Log logger = LogFactory.getLog(ActivityCheck.class);

	private final ActivitySampler sampler;

	private final Function<ActivitySetup, PitfallInspection.Result> rules;

	private final Duration interval;

	private final boolean enabled;

	private @Nullable Run run;

	/**
	 * A check.
	 * @param sampler observes
	 * @param rules judges what was observed and tells what has changed
	 * @param interval pause between two samples
	 * @param enabled whether to start with the context
	 */
	public ActivityCheck(ActivitySampler sampler, Function<ActivitySetup, PitfallInspection.Result> rules,
			Duration interval, boolean enabled) {
		this.sampler = sampler;
		this.rules = rules;
		this.interval = interval;
		this.enabled = enabled;
	}

	/** Take a sample and run all rules, now and on this thread. */
	public PitfallInspection.Result check() {
		return this.rules.apply(this.sampler.sample());
	}

	@Override
	public boolean isAutoStartup() {
		return this.enabled;
	}

	@Override
	public synchronized void start() {
		if (this.run == null) {
			this.run = new Run();
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
	private final class Run implements Runnable {

		private final CountDownLatch ended = new CountDownLatch(1);

		private final Thread thread = new Thread(this, "kafka-guardrails-activity-check");

		Run() {
			this.thread.setDaemon(true);
		}

		@Override
		public void run() {
			try {
				do {
					checkOnce();
				}
				while (!this.ended.await(ActivityCheck.this.interval.toMillis(), TimeUnit.MILLISECONDS));
			}
			catch (InterruptedException ex) {
				// the context stops
			}
		}

		private void checkOnce() {
			try {
				check();
			}
			catch (RuntimeException ex) {
				if (this.ended.getCount() > 0) {
					logger.warn("Kafka Guardrails could not observe the application (" + ex.getClass().getName()
							+ ") and will try again in " + ActivityCheck.this.interval);
					logger.debug("The application could not be observed", ex);
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
