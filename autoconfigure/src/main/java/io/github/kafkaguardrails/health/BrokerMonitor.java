package io.github.kafkaguardrails.health;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.core.log.LogMessage;

import io.github.kafkaguardrails.background.BackgroundLifecycle;
import io.github.kafkaguardrails.background.BackgroundWork;

/**
 * Checks again and again whether the cluster can be reached, on a daemon thread of its
 * own. A check takes at most 2.5 s. The first one begins behind the start of the
 * application; the thread ends with the context. Logs one line when the answer changes.
 *
 * @since 0.1.0
 */
public final class BrokerMonitor extends BackgroundLifecycle {

	private static final Health UNKNOWN = Health.unknown().build();

	private static final Log logger = LogFactory.getLog(BrokerMonitor.class);

	private final Supplier<Map<String, Object>> adminConfig;

	private volatile @Nullable Checks checks;

	/**
	 * A monitor.
	 * @param adminConfig configuration of the application's own admin client; read for
	 * each new client
	 * @param headStart pause before the first check
	 * @param interval pause between two checks
	 */
	public BrokerMonitor(Supplier<Map<String, Object>> adminConfig, Duration headStart, Duration interval) {
		super("kafka-guardrails-broker-health", headStart, interval, true);
		this.adminConfig = adminConfig;
	}

	/** The result of the latest check; unknown before the first one. */
	Health latest() {
		Checks checks = this.checks;
		return (checks != null) ? checks.latest : UNKNOWN;
	}

	@Override
	protected BackgroundWork work() {
		Checks started = new Checks(new BrokerProbe(this.adminConfig));
		this.checks = started;
		return started;
	}

	@Override
	protected void stopped() {
		this.checks = null;
	}

	/** From a start to the next stop. */
	private static final class Checks implements BackgroundWork {

		private final BrokerProbe probe;

		private volatile Health latest = UNKNOWN;

		Checks(BrokerProbe probe) {
			this.probe = probe;
		}

		@Override
		public void run() throws InterruptedException {
			Health health = this.probe.check();
			Status before = this.latest.getStatus();
			this.latest = health;
			if (health.getStatus().equals(Status.DOWN) && !before.equals(Status.DOWN)) {
				logger.warn(LogMessage.format("Kafka cluster cannot be reached: %s", health.getDetails()));
			}
			if (health.getStatus().equals(Status.UP) && before.equals(Status.DOWN)) {
				logger.info("Kafka cluster can be reached again");
			}
		}

		@Override
		public void close() {
			this.probe.close();
		}

	}

}
