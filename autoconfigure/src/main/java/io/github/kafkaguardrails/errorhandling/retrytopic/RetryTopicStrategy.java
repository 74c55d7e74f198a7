package io.github.kafkaguardrails.errorhandling.retrytopic;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.springframework.context.ApplicationListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties.AckMode;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingStrategy;
import io.github.kafkaguardrails.errorhandling.FailedRecordEnding;
import io.github.kafkaguardrails.errorhandling.Guarantee;
import io.github.kafkaguardrails.errorhandling.ListenerContext;
import io.github.kafkaguardrails.errorhandling.Refusals;
import io.github.kafkaguardrails.errorhandling.RetryMode;
import io.github.kafkaguardrails.errorhandling.topics.Connection;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;

/**
 * Retry mode "topic": a failing record is written to a retry topic and the listener goes
 * on; a second container of the same listener and group (for a topic pattern: of the
 * group {@code <group>-retry}) delivers it again when its pause is over. Nothing is lost
 * and nobody waits, but the order is given up: a later record of the same key may be
 * processed before the failed one. Costs a topic for each distinct pause, source topic
 * and group ({@code <topic>-<group>-retry-0}, {@code -1}, …) and consumers for them. The
 * second container has the id {@code <id>-retry}; it starts and stops with the listener's
 * own, and is paused by its own id. When a retry topic cannot be written the listener
 * stops and its health is DOWN. Selected by {@code retry.mode: topic}; default 4 attempts
 * with pauses of 1 s, 2 s and 4 s.
 *
 * @since 0.1.0
 */
public final class RetryTopicStrategy implements ErrorHandlingStrategy, AutoCloseable {

	private final FailedRecordTopics topics;

	private final Supplier<KafkaListenerEndpointRegistry> registry;

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "kafka-guardrails-retry-topic");
		thread.setDaemon(true);
		return thread;
	});

	private final RetryContainers retryContainers = new RetryContainers(this.timer);

	/**
	 * The strategy.
	 * @param topics reads and writes records
	 * @param registry where retry containers are registered, so that they start and stop
	 * with the application
	 * @param events takes the listener that hears when containers start and stop
	 */
	public RetryTopicStrategy(FailedRecordTopics topics, Supplier<KafkaListenerEndpointRegistry> registry,
			Consumer<ApplicationListener<?>> events) {
		this.topics = topics;
		this.registry = registry;
		events.accept(this.retryContainers);
	}

	@Override
	public RetryMode mode() {
		return RetryMode.TOPIC;
	}

	@Override
	public Set<Guarantee> guarantees() {
		return Set.of(Guarantee.NO_BLOCKING);
	}

	@Override
	public String cost() {
		return "The order, and a topic with consumers for each pause";
	}

	@Override
	public boolean retriesInPlace() {
		return false;
	}

	@Override
	public List<String> refusals(ListenerContext listener) {
		return Refusals
			.ofSingleRecords(mode(), listener, "the transaction would commit what the failed attempt has sent",
					"for the retry topics")
			.toList();
	}

	@Override
	public FailedRecordEnding prepare(ListenerContext listener, FailedRecordEnding ending) {
		if (listener.settings().maxAttempts() == 1) {
			return ending;
		}
		RetryTopics retryTopics = new RetryTopics(listener.policy());
		Connection connection = Connection.of(listener.consumerConfig());
		retryTopics.templates().forEach((template) -> this.topics.need(connection, listener, template));
		return new RetryTopicEnding(listener, retryTopics, this.topics, ending);
	}

	@Override
	public Predicate<String> ownTopics(ListenerContext listener) {
		return new RetryTopics(listener.policy()).templates()
			.stream()
			.map((template) -> template.names(listener.groupName()))
			.reduce((topic) -> false, Predicate::or);
	}

	@Override
	public List<AbstractMessageListenerContainer<?, ?>> containers(ListenerContext listener) {
		if (listener.settings().maxAttempts() == 1) {
			return List.of();
		}
		KafkaListenerEndpointRegistry registry = this.registry.get();
		RetryEndpoint<Object, Object> endpoint = new RetryEndpoint<>(listener, new RetryTopics(listener.policy()),
				this.timer);
		registry.registerListenerContainer(endpoint, listener.factory());
		AbstractMessageListenerContainer<?, ?> container = (AbstractMessageListenerContainer<?, ?>) Objects
			.requireNonNull(registry.getListenerContainer(endpoint.id()));
		AckMode ackMode = listener.container().getContainerProperties().getAckMode();
		container.getContainerProperties().setAckMode(ackMode);
		container.getContainerProperties().setPollTimeout(endpoint.pollTimeout());
		container.getContainerProperties().setMissingTopicsFatal(false);
		this.retryContainers.add(listener.container(), container);
		return List.of(container);
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

}
