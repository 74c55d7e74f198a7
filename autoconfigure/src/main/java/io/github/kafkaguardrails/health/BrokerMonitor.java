package io.github.kafkaguardrails.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.log.LogMessage;

/**
 * Checks again and again whether the cluster can be reached, on a daemon thread of its
 * own. A check takes at most 2.5 s. The first one begins when all else has been started;
 * the thread ends with the context. Logs one line when the answer changes.
 *
 * @since 0.1.0
 */
public final class BrokerMonitor implements SmartLifecycle {

	private static final Health UNKNOWN = Health.unknown().build();

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

	private static final Log logger = LogFactory.getLog(BrokerMonitor.class);

	private final Supplier<Map<String, Object>> adminConfig;

	private final Duration interval;

	private volatile @Nullable Run run;

	/**
	 * A monitor.
	 * @param adminConfig configuration of the application's own admin client; read when
	 * the monitor starts
	 * @param interval pause between two checks
	 */
	public BrokerMonitor(Supplier<Map<String, Object>> adminConfig, Duration interval) {
		this.adminConfig = adminConfig;
		this.interval = interval;
	}

	/** The result of the latest check; unknown before the first one. */
	Health latest() {
		Run run = this.run;
		return (run != null) ? run.latest : UNKNOWN;
	}

	@Override
	public synchronized void start() {
		if (this.run == null) {
			Run run = new Run(new BrokerProbe(this.adminConfig.get()), this.interval);
			this.run = run;
			run.thread.start();
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
	public boolean isRunning() {
		return this.run != null;
	}

	/** Last to start, first to stop. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

	/** From a start to the next stop. */
	private static final class Run implements Runnable {

		private final BrokerProbe probe;

		private final Duration interval;

		private final CountDownLatch ended = new CountDownLatch(1);

		private final Thread thread = new Thread(this, "kafka-guardrails-broker-health");

		private volatile Health latest = UNKNOWN;

		Run(BrokerProbe probe, Duration interval) {
			this.probe = probe;
			this.interval = interval;
			this.thread.setDaemon(true);
		}

		@Override
		public void run() {
			try (this.probe) {
				do {
					update(this.probe.check());
				}
				while (!this.ended.await(this.interval.toMillis(), TimeUnit.MILLISECONDS));
			}
			catch (InterruptedException | InterruptException ex) {
				// the context stops
			}
		}

		private void update(Health health) {
			Status before = this.latest.getStatus();
			this.latest = health;
			if (health.getStatus().equals(Status.DOWN) && !before.equals(Status.DOWN)) {
				logger.warn(LogMessage.format("Kafka cluster cannot be reached: %s", health.getDetails()));
			}
			if (health.getStatus().equals(Status.UP) && before.equals(Status.DOWN)) {
				logger.info("Kafka cluster can be reached again");
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
