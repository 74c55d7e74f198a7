package io.github.kafkaguardrails.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;

/**
 * Provides the topics for failing records in the background when the application starts,
 * so that the start-up neither waits for a broker nor fails without one. The thread ends
 * with the work, and with the application when that comes first.
 */
final class FailedRecordTopicsStarter implements SmartLifecycle {

	private final FailedRecordTopics topics;

	private volatile @Nullable Thread thread;

	private volatile boolean running;

	FailedRecordTopicsStarter(FailedRecordTopics topics) {
		this.topics = topics;
	}

	@Override
	public void start() {
		this.running = true;
		if (!this.topics.needed().isEmpty()) {
			Thread thread = new Thread(this.topics::provideNeeded, "kafka-guardrails-topics");
			thread.setDaemon(true);
			this.thread = thread;
			thread.start();
		}
	}

	@Override
	public void stop() {
		this.running = false;
		Thread thread = this.thread;
		if (thread != null) {
			thread.interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
