package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;

import io.github.kafkaguardrails.background.BackgroundLifecycle;
import io.github.kafkaguardrails.background.BackgroundWork;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;

/**
 * Provides the topics for failing records behind the start of the application, so that it
 * neither waits for a broker nor fails without one. A record that fails earlier provides
 * its topic itself. The thread ends with the work, and with the application when that
 * comes first.
 */
final class FailedRecordTopicsStarter extends BackgroundLifecycle {

	private final FailedRecordTopics topics;

	FailedRecordTopicsStarter(FailedRecordTopics topics, Duration headStart) {
		super("kafka-guardrails-topics", headStart, null, true);
		this.topics = topics;
	}

	@Override
	public boolean isAutoStartup() {
		return !this.topics.needed().isEmpty();
	}

	@Override
	protected BackgroundWork work() {
		return this.topics::provideNeeded;
	}

}
