package io.github.kafkaguardrails.activity;

import java.time.Duration;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.github.kafkaguardrails.background.BackgroundThread;
import io.github.kafkaguardrails.background.BackgroundWork;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.setup.ActivitySetup;

/**
 * Observes the running application again and again, on a daemon thread of its own, and
 * runs all rules on what was observed. Contacts no broker. The first sample is taken
 * behind the start of the application; the thread ends with the context.
 *
 * @since 0.1.0
 */
public final class ActivityCheck implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(ActivityCheck.class);

	private final ActivitySampler sampler;

	private final Function<ActivitySetup, PitfallInspection.Result> rules;

	private final Duration headStart;

	private final Duration interval;

	private final boolean enabled;

	private @Nullable BackgroundThread thread;

	/**
	 * A check.
	 * @param sampler observes
	 * @param rules judges what was observed and tells what has changed
	 * @param headStart pause before the first sample
	 * @param interval pause between two samples
	 * @param enabled whether to start with the context
	 */
	public ActivityCheck(ActivitySampler sampler, Function<ActivitySetup, PitfallInspection.Result> rules,
			Duration headStart, Duration interval, boolean enabled) {
		this.sampler = sampler;
		this.headStart = headStart;
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
		if (this.thread == null) {
			this.thread = BackgroundThread.repeating("kafka-guardrails-activity-check", this.headStart, this.interval,
					new Check());
		}
	}

	@Override
	public synchronized void stop() {
		if (this.thread != null) {
			this.thread.end();
			this.thread = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.thread != null;
	}

	/** Last to start, first to stop. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

	private final class Check implements BackgroundWork {

		@Override
		public void run() {
			check();
		}

		@Override
		public void failed(RuntimeException ex) {
			logger.warn("Kafka Guardrails could not observe the application (" + ex.getClass().getName()
					+ ") and will try again in " + ActivityCheck.this.interval);
			logger.debug("The application could not be observed", ex);
		}

	}

}
