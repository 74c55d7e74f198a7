package io.github.kafkaguardrails.errorhandling.retrytopic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import org.springframework.context.ApplicationListener;
import org.springframework.kafka.event.ConsumerStartedEvent;
import org.springframework.kafka.event.ContainerStoppedEvent;
import org.springframework.kafka.event.KafkaEvent;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Starts and stops the retry container of a listener with the listener's own, when the
 * application starts and stops that one by hand. Whoever stops a listener means all of
 * it. Called on the threads of the containers.
 */
final class RetryContainers implements ApplicationListener<KafkaEvent> {

	private final Executor executor;

	private final Map<Object, AbstractMessageListenerContainer<?, ?>> retryContainers = new ConcurrentHashMap<>();

	RetryContainers(Executor executor) {
		this.executor = executor;
	}

	void add(MessageListenerContainer main, AbstractMessageListenerContainer<?, ?> retry) {
		this.retryContainers.put(main, retry);
	}

	@Override
	public void onApplicationEvent(KafkaEvent event) {
		Object main = event.getContainer(Object.class);
		AbstractMessageListenerContainer<?, ?> retry = this.retryContainers.get(main);
		if (retry == null) {
			return;
		}
		if (event instanceof ConsumerStartedEvent && !retry.isRunning() && retry.isInExpectedState()) {
			this.executor.execute(retry::start);
		}
		else if (event instanceof ContainerStoppedEvent && event.getSource() == main && stoppedByHand(main)) {
			retry.stop(() -> {
			});
		}
	}

	private static boolean stoppedByHand(Object main) {
		return main instanceof MessageListenerContainer container && !container.isRunning()
				&& container.isInExpectedState();
	}

}
