package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.github.kafkaguardrails.background.BackgroundThread;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;

/**
 * Provides the topics for failing records behind the start of the application, so that it
 * neither waits for a broker nor fails without one. A record that fails earlier provides
 * its topic itself. The thread ends with the work, and with the application when that
 * comes first.
 */
final class FailedRecordTopicsStarter implements SmartLifecycle {

	private final FailedRecordTopics topics;

	private final Duration headStart;

	private @Nullable BackgroundThread thread;

	private volatile boolean running;

	FailedRecordTopicsStarter(FailedRecordTopics topics, Duration headStart) {
		this.topics = topics;
		this.headStart = headStart;
	}

	@Override
	public synchronized void start() {
		this.running = true;
		if (this.thread == null && !this.topics.needed().isEmpty()) {
			this.thread = BackgroundThread.once("kafka-guardrails-topics", this.headStart, this.topics::provideNeeded);
		}
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		if (this.thread != null) {
			this.thread.end();
			this.thread = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
