package io.github.kafkaguardrails.activity;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.kafkaguardrails.background.BackgroundLifecycle;
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
public final class ActivityCheck extends BackgroundLifecycle {

	private static final Log logger = LogFactory.getLog(ActivityCheck.class);

	private final Supplier<ActivitySampler> sampler;

	private final Function<ActivitySetup, PitfallInspection.Result> rules;

	private final Duration interval;

	/**
	 * A check.
	 * @param sampler gives the one that observes; asked when a check begins
	 * @param rules judges what was observed and tells what has changed
	 * @param headStart pause before the first sample
	 * @param interval pause between two samples
	 * @param enabled whether to start with the context
	 */
	public ActivityCheck(Supplier<ActivitySampler> sampler, Function<ActivitySetup, PitfallInspection.Result> rules,
			Duration headStart, Duration interval, boolean enabled) {
		super("kafka-guardrails-activity-check", headStart, interval, enabled);
		this.sampler = sampler;
		this.rules = rules;
		this.interval = interval;
	}

	/** Take a sample and run all rules, now and on this thread. */
	public PitfallInspection.Result check() {
		return this.rules.apply(this.sampler.get().sample());
	}

	@Override
	protected BackgroundWork work() {
		return new Check();
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
