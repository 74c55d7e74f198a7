package io.github.kafkaguardrails.autoconfigure;

import org.springframework.context.SmartLifecycle;

import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;

/**
 * Provides the topics for failing records in the background when the application starts,
 * so that the start-up neither waits for a broker nor fails without one.
 */
final class FailedRecordTopicsStarter implements SmartLifecycle {

	private final FailedRecordTopics topics;

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
			thread.start();
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
