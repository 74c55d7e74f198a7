package io.github.kafkaguardrails.check;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.kafkaguardrails.background.BackgroundLifecycle;
import io.github.kafkaguardrails.background.BackgroundThread;
import io.github.kafkaguardrails.background.BackgroundWork;

/**
 * Runs a {@link ClusterCheck} again and again on a daemon thread of its own. The first
 * check begins behind the start of the application; the thread ends with the context, in
 * the middle of a read as well.
 *
 * @since 0.1.0
 */
public final class ClusterCheckSchedule extends BackgroundLifecycle {

	private static final Log logger = LogFactory.getLog(ClusterCheckSchedule.class);

	private final ClusterCheck check;

	private final Duration headStart;

	private final Duration interval;

	/**
	 * A schedule.
	 * @param check what runs
	 * @param headStart pause before the first check
	 * @param interval pause between two checks
	 * @param enabled whether to start with the context
	 */
	public ClusterCheckSchedule(ClusterCheck check, Duration headStart, Duration interval, boolean enabled) {
		super(enabled);
		this.check = check;
		this.headStart = headStart;
		this.interval = interval;
	}

	@Override
	protected BackgroundThread startThread() {
		return BackgroundThread.repeating("kafka-guardrails-cluster-check", this.headStart, this.interval, new Check());
	}

	private final class Check implements BackgroundWork {

		@Override
		public void run() {
			ClusterCheckSchedule.this.check.check();
		}

		@Override
		public void failed(RuntimeException ex) {
			logger.warn("Kafka Guardrails could not check the clusters (" + ex.getClass().getName()
					+ ") and will try again in " + ClusterCheckSchedule.this.interval);
			logger.debug("The check of the clusters failed", ex);
		}

	}

}
