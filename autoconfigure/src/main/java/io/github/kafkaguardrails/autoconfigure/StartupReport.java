package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;

import io.github.kafkaguardrails.background.BackgroundLifecycle;
import io.github.kafkaguardrails.background.BackgroundThread;
import io.github.kafkaguardrails.check.ClusterCheck;

/**
 * Tells what the rules find in the configuration behind the start of the application, on
 * a daemon thread of its own: most rules find no errors, and nobody has to wait for them.
 * An application that ends earlier gets the report when it ends.
 */
final class StartupReport extends BackgroundLifecycle {

	private final ClusterCheck check;

	private final Duration headStart;

	StartupReport(ClusterCheck check, Duration headStart, boolean enabled) {
		super(enabled);
		this.check = check;
		this.headStart = headStart;
	}

	@Override
	protected BackgroundThread startThread() {
		return BackgroundThread.once("kafka-guardrails-report", this.headStart, this.check::checkConfiguration);
	}

	@Override
	protected void stopped() {
		this.check.checkConfiguration();
	}

}
