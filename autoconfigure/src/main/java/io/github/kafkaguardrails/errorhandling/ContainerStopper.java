package io.github.kafkaguardrails.errorhandling;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Stops a container from its own consumer thread. A stop holds the container's lock while
 * it waits for the consumers, so that another thread must ask for it.
 */
final class ContainerStopper {

	private static final long MAX_WAIT = 10_000;

	private final TaskExecutor executor = new SimpleAsyncTaskExecutor("kafka-guardrails-stop-");

	/**
	 * Ask for a stop that counts as abnormal, and wait at most 10 s until it has begun.
	 */
	void stop(MessageListenerContainer container) {
		this.executor.execute(() -> container.stopAbnormally(() -> {
		}));
		try {
			ListenerUtils.stoppableSleep(container, MAX_WAIT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
