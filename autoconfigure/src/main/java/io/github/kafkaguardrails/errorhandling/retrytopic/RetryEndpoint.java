package io.github.kafkaguardrails.errorhandling.retrytopic;

import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.AbstractKafkaListenerEndpoint;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.adapter.MessagingMessageListenerAdapter;
import org.springframework.kafka.support.converter.MessageConverter;

import io.github.kafkaguardrails.errorhandling.ListenerContext;

/**
 * Endpoint of the container that consumes the retry topics of a listener. It calls the
 * same listener with the settings of the listener's own container, in the same group, or
 * for a topic pattern in the group {@code <group>-retry}.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class RetryEndpoint<K, V> extends AbstractKafkaListenerEndpoint<K, V> {

	private static final String METADATA_MAX_AGE = "5000";

	private final ListenerContext listener;

	private final RetryTopics retryTopics;

	private final ScheduledExecutorService timer;

	RetryEndpoint(ListenerContext listener, RetryTopics retryTopics, ScheduledExecutorService timer) {
		this.listener = listener;
		this.retryTopics = retryTopics;
		this.timer = timer;
		ContainerProperties main = listener.container().getContainerProperties();
		setId(id());
		setMainListenerId(listener.id());
		setGroupId(group(listener));
		setBatchListener(false);
		setAutoStartup(listener.container().isAutoStartup());
		setClientIdPrefix(main.getClientId().isEmpty() ? null : main.getClientId() + "-retry");
		setConsumerProperties(consumerProperties(main.getKafkaConsumerProperties(), listener.consumerConfig()));
		if (listener.pattern() != null) {
			setTopicPattern(retryTopics.pattern(listener.pattern(), listener.groupName()));
		}
		else {
			setTopics(listener.topics()
				.stream()
				.flatMap((topic) -> retryTopics.templates()
					.stream()
					.map((template) -> template.name(topic, listener.groupName())))
				.toArray(String[]::new));
		}
	}

	/**
	 * A pattern may match the retry topics as well. In one group the listener's own
	 * consumers would then be assigned partitions of them, and pass over their records.
	 */
	private static String group(ListenerContext listener) {
		return (listener.pattern() != null) ? listener.groupName() + "-retry" : listener.groupName();
	}

	/**
	 * The first record of a retry topic may be older than the group's first look at the
	 * topic, which may be younger than this consumer. A static member is known to its
	 * group by its name, and this is another one.
	 */
	private static Properties consumerProperties(Properties main, Map<String, Object> config) {
		Properties properties = new Properties();
		main.stringPropertyNames().forEach((key) -> properties.setProperty(key, main.getProperty(key)));
		properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
		properties.setProperty(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE);
		Object member = config.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
		if (member != null) {
			properties.setProperty(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, member + "-retry");
		}
		return properties;
	}

	@Override
	@SuppressWarnings("unchecked") // the listener was set on a container of this type
	public void setupListenerContainer(MessageListenerContainer container, @Nullable MessageConverter converter) {
		MessageListener<K, V> delegate = (MessageListener<K, V>) Objects
			.requireNonNull(this.listener.container().getContainerProperties().getMessageListener());
		container.setupMessageListener(new DueRecordListener<>(delegate, container, this.timer, this.listener.clock()));
	}

	@Override
	protected MessagingMessageListenerAdapter<K, V> createMessageListener(MessageListenerContainer container,
			@Nullable MessageConverter converter) {
		throw new UnsupportedOperationException("The listener of the main container is used");
	}

	/** Id of the retry container. */
	String id() {
		return this.listener.id() + "-retry";
	}

	/** The pause after which a consumer looks for partitions that are due again. */
	long pollTimeout() {
		return Math.max(10,
				Math.min(ContainerProperties.DEFAULT_POLL_TIMEOUT, this.retryTopics.shortest().toMillis() / 4));
	}

}
