package io.github.kafkaguardrails.errorhandling;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.AbstractKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.adapter.AsyncRepliesAware;
import org.springframework.kafka.support.TopicPartitionOffset;

import io.github.kafkaguardrails.setup.BackOffSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;

/**
 * Gives a listener container the error handling that the settings ask for. A container
 * whose user has set an error handler (or, for a transactional container, an
 * after-rollback processor) is left alone. Runs once for each container, before it
 * starts, on the thread that creates it; contacts no broker.
 *
 * @since 0.1.0
 */
public final class ErrorHandlingCustomizer {

	private final ErrorHandlingSource source;

	private final boolean safeDefaults;

	private final Function<RetryMode, ErrorHandlingStrategy> strategies;

	private final Function<Ending, EndingStrategy> endings;

	private final FailedRecordListener events;

	private final ErrorHandlingRegistry registry;

	private final Clock clock;

	private final @Nullable ClassLoader classLoader;

	/**
	 * A customizer.
	 * @param source the settings
	 * @param safeDefaults whether listeners for which nothing is set are handled, too
	 * @param strategies gives the strategy of a retry mode, when a listener needs it
	 * @param endings gives the strategy of an ending, when a listener needs it
	 * @param events is told what happens to failing records
	 * @param registry is told which listeners are handled
	 * @param clock the time
	 * @param classLoader class loader of the application
	 */
	public ErrorHandlingCustomizer(ErrorHandlingSource source, boolean safeDefaults,
			Function<RetryMode, ErrorHandlingStrategy> strategies, Function<Ending, EndingStrategy> endings,
			FailedRecordListener events, ErrorHandlingRegistry registry, Clock clock,
			@Nullable ClassLoader classLoader) {
		this.source = source;
		this.safeDefaults = safeDefaults;
		this.strategies = strategies;
		this.endings = endings;
		this.events = events;
		this.registry = registry;
		this.clock = clock;
		this.classLoader = classLoader;
	}

	/**
	 * Give a container its error handling.
	 * @param container the container, completely configured and not started
	 * @param factory the factory that made it
	 * @param rollbackProcessor whether the user set an after-rollback processor
	 * @throws InvalidErrorHandlingException when a setting is out of its range
	 */
	public void customize(AbstractMessageListenerContainer<?, ?> container,
			AbstractKafkaListenerContainerFactory<?, ?, ?> factory, boolean rollbackProcessor) {
		ContainerProperties properties = container.getContainerProperties();
		boolean own = properties.getMessageListener() == null || container.getMainListenerId() != null
				|| container.getListenerId() == null;
		if (own || container.getCommonErrorHandler() != null || (transactional(properties) && rollbackProcessor)) {
			return;
		}
		List<String> topics = topics(properties);
		List<ErrorHandlingProperties> entries = this.source.entries(container.getListenerId(),
				(properties.getTopicPattern() != null) ? List.of(properties.getTopicPattern().pattern()) : topics);
		boolean byDefault = entries.isEmpty();
		if (byDefault && (!this.safeDefaults || batchOfFutures(properties.getMessageListener()))) {
			return;
		}
		ErrorHandlingSettings settings = ErrorHandlingSettings.of(entries);
		install(context(container, factory, topics, settings), byDefault);
	}

	private void install(ListenerContext listener, boolean byDefault) {
		ErrorHandlingStrategy strategy = this.strategies.apply(listener.settings().mode());
		List<String> refusals = refusals(strategy, listener);
		if (!refusals.isEmpty()) {
			strategy = this.strategies.apply(RetryMode.BLOCKING);
		}
		EndingStrategy ending = this.endings.apply(listener.settings().ending());
		FailedRecordEnding prepared = strategy.prepare(listener, ending.forListener(listener));
		String topic = ending.topic(listener);
		ErrorHandlingPlan plan = new ErrorHandlingPlan(listener.id(), listener.groupId(), listener.policy(),
				strategy.retriesInPlace(), prepared, ending.ending(), this.events, this.clock,
				describe(listener, topic, refusals, strategy.mode() == RetryMode.ORDERED));
		ContainerInstaller.install(plan, listener.container(), listener, strategy.diverter(listener, prepared));
		if (listener.pattern() != null) {
			ContainerInstaller.filter(strategy.ownTopics(listener).or(ending.ownTopics(listener)),
					listener.container());
		}
		for (AbstractMessageListenerContainer<?, ?> container : strategy.containers(listener)) {
			ContainerInstaller.install(plan, container, listener, null);
		}
		this.registry.add(new ErrorHandlingRegistry.HandledListener(listener, byDefault, topic));
	}

	private static List<String> refusals(ErrorHandlingStrategy strategy, ListenerContext listener) {
		List<String> refusals = new ArrayList<>(strategy.refusals(listener));
		if (batchOfFutures(listener.container().getContainerProperties().getMessageListener())) {
			refusals.add("a batch listener that returns a future cannot be handled, because Spring Kafka acknowledges"
					+ " the batch when the future fails and only logs it: return void, or take single records");
		}
		return refusals;
	}

	private static boolean batchOfFutures(@Nullable Object listener) {
		return listener instanceof BatchMessageListener && returnsFutures(listener);
	}

	private static boolean returnsFutures(@Nullable Object listener) {
		return listener instanceof AsyncRepliesAware aware && aware.isAsyncReplies();
	}

	private ListenerContext context(AbstractMessageListenerContainer<?, ?> container,
			AbstractKafkaListenerContainerFactory<?, ?, ?> factory, List<String> topics,
			ErrorHandlingSettings settings) {
		ContainerProperties properties = container.getContainerProperties();
		RetryPolicy policy = new RetryPolicy(settings, this.classLoader,
				() -> ThreadLocalRandom.current().nextDouble());
		Object listener = properties.getMessageListener();
		boolean asynchronous = properties.isAsyncAcks() || returnsFutures(listener);
		return new ListenerContext(String.valueOf(container.getListenerId()), container.getGroupId(), factory,
				container, consumerConfig(factory.getConsumerFactory(), properties), topics,
				properties.getTopicPattern(), listener instanceof BatchMessageListener, transactional(properties),
				asynchronous, settings, policy, this.events, this.clock);
	}

	@SuppressWarnings("removal") // containers still honour the older property
	private static boolean transactional(ContainerProperties properties) {
		return properties.getKafkaAwareTransactionManager() != null || properties.getTransactionManager() != null;
	}

	private static Map<String, Object> consumerConfig(@Nullable ConsumerFactory<?, ?> factory,
			ContainerProperties properties) {
		Map<String, Object> config = new HashMap<>();
		if (factory != null) {
			for (Map.Entry<String, Object> setting : factory.getConfigurationProperties().entrySet()) {
				if (setting.getValue() != null) {
					config.put(setting.getKey(), setting.getValue());
				}
			}
		}
		Properties overrides = properties.getKafkaConsumerProperties();
		for (String key : overrides.stringPropertyNames()) {
			config.put(key, overrides.getProperty(key));
		}
		config.remove(ConsumerConfig.GROUP_ID_CONFIG);
		return config;
	}

	private static List<String> topics(ContainerProperties properties) {
		if (properties.getTopics() != null) {
			return List.of(properties.getTopics());
		}
		TopicPartitionOffset[] partitions = properties.getTopicPartitions();
		return (partitions != null) ? Arrays.stream(partitions).map(TopicPartitionOffset::getTopic).distinct().toList()
				: List.of();
	}

	private static ErrorHandlingSetup describe(ListenerContext listener, @Nullable String topic, List<String> refusals,
			boolean orderedByKey) {
		ErrorHandlingSettings settings = listener.settings();
		int attempts = listener.policy().maxAttempts();
		List<String> words = new ArrayList<>();
		words.add("retry " + settings.mode().name().toLowerCase(Locale.ROOT));
		words.add(attempts + ((attempts == 1) ? " attempt" : " attempts"));
		words.add("then " + settings.ending().name().toLowerCase(Locale.ROOT).replace('_', '-')
				+ ((topic != null) ? " to " + topic : ""));
		Duration longest = (attempts > 1) ? listener.policy().basePauseAfter(attempts - 1) : Duration.ZERO;
		Duration total = listener.policy().totalBasePause();
		return new ErrorHandlingSetup(ErrorHandlingSetup.Kind.GUARDRAILS, String.join(", ", words),
				new BackOffSetup(attempts - 1, longest, total, true),
				(topic != null)
						? new DeadLetterSetup(topic.replace("{topic}", DeadLetterSetup.SOURCE_TOPIC), null, null)
						: null,
				refusals, orderedByKey);
	}

}
