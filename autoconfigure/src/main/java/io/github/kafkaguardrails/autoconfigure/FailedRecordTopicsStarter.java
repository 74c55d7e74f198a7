package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;

import io.github.kafkaguardrails.background.BackgroundLifecycle;
import io.github.kafkaguardrails.background.BackgroundThread;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;

/**
 * Provides the topics for failing records behind the start of the application, so that it
 * neither waits for a broker nor fails without one. A record that fails earlier provides
 * its topic itself. The thread ends with the work, and with the application when that
 * comes first.
 */
final class FailedRecordTopicsStarter extends BackgroundLifecycle {

	private final FailedRecordTopics topics;

	private final Duration headStart;

	FailedRecordTopicsStarter(FailedRecordTopics topics, Duration headStart) {
		this.topics = topics;
		this.headStart = headStart;
	}

	@Override
	public boolean isAutoStartup() {
		return !this.topics.needed().isEmpty();
	}

	@Override
	protected BackgroundThread startThread() {
		return BackgroundThread.once("kafka-guardrails-topics", this.headStart, this.topics::provideNeeded);
	}

}
