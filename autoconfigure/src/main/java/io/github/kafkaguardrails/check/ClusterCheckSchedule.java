package io.github.kafkaguardrails.check;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.background.BackgroundLifecycle;
import io.github.kafkaguardrails.background.BackgroundWork;

/**
 * Runs a {@link ClusterCheck} on a daemon thread of its own: the configuration once,
 * behind the start of the application, for most rules find no errors and nobody has to
 * wait for them, and then the clusters again and again. The thread ends with the context,
 * in the middle of a read as well. An application that ends earlier is told about its
 * configuration when it ends.
 *
 * @since 0.1.0
 */
public final class ClusterCheckSchedule extends BackgroundLifecycle {

	private static final Log logger = LogFactory.getLog(ClusterCheckSchedule.class);

	private final ClusterCheck check;

	private final @Nullable Duration interval;

	/**
	 * A schedule.
	 * @param check what runs
	 * @param headStart pause before the first check
	 * @param interval pause between two checks of the clusters, or {@code null} to read
	 * none
	 * @param enabled whether to start with the context
	 */
	public ClusterCheckSchedule(ClusterCheck check, Duration headStart, @Nullable Duration interval, boolean enabled) {
		super("kafka-guardrails-cluster-check", headStart, interval, enabled);
		this.check = check;
		this.interval = interval;
	}

	@Override
	protected BackgroundWork work() {
		return new Check();
	}

	@Override
	protected void stopped() {
		this.check.checkConfiguration();
	}

	private final class Check implements BackgroundWork {

		@Override
		public void run() {
			ClusterCheck check = ClusterCheckSchedule.this.check;
			check.checkConfiguration();
			if (ClusterCheckSchedule.this.interval != null) {
				check.check();
			}
		}

		@Override
		public void failed(RuntimeException ex) {
			Duration interval = ClusterCheckSchedule.this.interval;
			logger.warn("Kafka Guardrails could not check the "
					+ ((interval != null) ? "clusters (" : "configuration (") + ex.getClass().getName() + ")"
					+ ((interval != null) ? " and will try again in " + interval : ""));
			logger.debug("The check failed", ex);
		}

	}

}
