package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.github.kafkaguardrails.check.ClusterCheck;

/**
 * Tells what the rules find in the configuration as soon as all else has been started, on
 * a daemon thread of its own: most rules find no errors, and nobody has to wait for them.
 * A context that stops right away waits for the report.
 */
final class StartupReport implements SmartLifecycle {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

	private final ClusterCheck check;

	private final boolean enabled;

	private @Nullable Thread thread;

	StartupReport(ClusterCheck check, boolean enabled) {
		this.check = check;
		this.enabled = enabled;
	}

	@Override
	public boolean isAutoStartup() {
		return this.enabled;
	}

	@Override
	public synchronized void start() {
		if (this.thread == null) {
			this.thread = new Thread(this.check::checkConfiguration, "kafka-guardrails-report");
			this.thread.setDaemon(true);
			this.thread.start();
		}
	}

	@Override
	public synchronized void stop() {
		if (this.thread != null) {
			try {
				this.thread.join(STOP_TIMEOUT.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
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

}
