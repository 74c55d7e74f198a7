package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.github.kafkaguardrails.background.BackgroundThread;
import io.github.kafkaguardrails.check.ClusterCheck;

/**
 * Tells what the rules find in the configuration behind the start of the application, on
 * a daemon thread of its own: most rules find no errors, and nobody has to wait for them.
 * An application that ends earlier gets the report when it ends.
 */
final class StartupReport implements SmartLifecycle {

	private final ClusterCheck check;

	private final Duration headStart;

	private final boolean enabled;

	private @Nullable BackgroundThread thread;

	StartupReport(ClusterCheck check, Duration headStart, boolean enabled) {
		this.check = check;
		this.headStart = headStart;
		this.enabled = enabled;
	}

	@Override
	public boolean isAutoStartup() {
		return this.enabled;
	}

	@Override
	public synchronized void start() {
		if (this.thread == null) {
			this.thread = BackgroundThread.once("kafka-guardrails-report", this.headStart,
					this.check::checkConfiguration);
		}
	}

	@Override
	public synchronized void stop() {
		if (this.thread != null) {
			this.thread.end();
			this.check.checkConfiguration();
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
