package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.PropertyResolver;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.AbstractShareKafkaMessageListenerContainer;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.ShareKafkaMessageListenerContainer;
import org.springframework.util.StringUtils;

/**
 * Reads the settings of a listener container.
 */
final class ContainerReader {

	private static final String DEFAULT_FACTORY = "kafkaListenerContainerFactory";

	private static final String PREFIX = "spring.kafka.listener.";

	private final BeanFactory beanFactory;

	private final PropertyResolver resolver;

	ContainerReader(BeanFactory beanFactory, PropertyResolver resolver) {
		this.beanFactory = beanFactory;
		this.resolver = resolver;
	}

	/**
	 * The settings of a container.
	 * @param consumerFactory bean name of the consumer factory, or {@code null}
	 * @param consumer what its consumers run with
	 */
	ContainerSetup read(MessageListenerContainer container, ListenerEndpoint endpoint, @Nullable String consumerFactory,
			ClientConfig consumer) {
		ContainerProperties properties = container.getContainerProperties();
		boolean asyncAcks = properties.isAsyncAcks() || endpoint.asyncReplies();
		int concurrency = concurrency(container);
		return new ContainerSetup(type(container, endpoint), factory(endpoint), consumerFactory,
				ackMode(container, asyncAcks), asyncAcks, concurrency,
				properties.getKafkaAwareTransactionManager() != null, container.isAutoStartup(),
				properties.getAuthExceptionRetryInterval(), bootValues(properties, endpoint, concurrency),
				clientIdSuffix(container, concurrency),
				container instanceof AbstractMessageListenerContainer<?, ?> known
						&& known.getCommonErrorHandler() != null,
				properties.isRestartAfterAuthExceptions(), groupInstanceIds(container, consumer, concurrency));
	}

	/** As the container itself decides when it starts. */
	private static String ackMode(MessageListenerContainer container, boolean asyncAcks) {
		ContainerProperties properties = container.getContainerProperties();
		if (container instanceof AbstractShareKafkaMessageListenerContainer) {
			return properties.getShareAckMode().name();
		}
		AckMode ackMode = properties.getAckMode();
		boolean manual = ackMode == AckMode.MANUAL || ackMode == AckMode.MANUAL_IMMEDIATE;
		boolean noGroup = container.getGroupId() == null && properties.getTopicPartitions() != null;
		return (((asyncAcks && !manual) || noGroup) ? AckMode.MANUAL : ackMode).name();
	}

	private static ContainerSetup.Type type(MessageListenerContainer container, ListenerEndpoint endpoint) {
		if (container instanceof AbstractShareKafkaMessageListenerContainer) {
			return ContainerSetup.Type.SHARE;
		}
		return endpoint.batch() ? ContainerSetup.Type.BATCH : ContainerSetup.Type.RECORD;
	}

	private static int concurrency(MessageListenerContainer container) {
		if (container instanceof ConcurrentMessageListenerContainer<?, ?> concurrent) {
			return concurrent.getConcurrency();
		}
		Object concurrency = (container instanceof ShareKafkaMessageListenerContainer)
				? Fields.read(container, ShareKafkaMessageListenerContainer.class, "concurrency") : null;
		return (concurrency instanceof Integer number) ? number : 1;
	}

	/** As the containers that a concurrent one is made of are told. */
	private static boolean clientIdSuffix(MessageListenerContainer container, int concurrency) {
		return container instanceof ConcurrentMessageListenerContainer && (concurrency > 1 || !Boolean.FALSE
			.equals(Fields.read(container, ConcurrentMessageListenerContainer.class, "alwaysClientIdSuffix")));
	}

	/** As the container itself makes them when it starts. */
	private static List<String> groupInstanceIds(MessageListenerContainer container, ClientConfig consumer,
			int concurrency) {
		if (!(consumer.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG).value() instanceof String id)
				|| !StringUtils.hasText(id)) {
			return List.of();
		}
		if (container instanceof ConcurrentMessageListenerContainer<?, ?>) {
			boolean suffix = clientIdSuffix(container, concurrency);
			return IntStream.range(0, concurrency).mapToObj((number) -> suffix ? id + "-" + number : id).toList();
		}
		return (container instanceof KafkaMessageListenerContainer<?, ?>) ? List.of(id) : List.of();
	}

	/** The factory that the annotation names; nothing in the container tells it. */
	private @Nullable String factory(ListenerEndpoint endpoint) {
		Set<String> names = new HashSet<>();
		for (KafkaListener annotation : endpoint.annotations()) {
			String named = this.resolver.resolvePlaceholders(annotation.containerFactory());
			names.add(named.isEmpty() ? DEFAULT_FACTORY : named);
		}
		String name = (names.size() == 1) ? names.iterator().next() : null;
		return (name != null && this.beanFactory.containsBean(name)) ? name : null;
	}

	private static Map<String, String> bootValues(ContainerProperties properties, ListenerEndpoint endpoint,
			int concurrency) {
		Map<String, String> values = new HashMap<>();
		values.put(PREFIX + "ack-mode", properties.getAckMode().name());
		values.put(PREFIX + "concurrency", String.valueOf(concurrency));
		values.put(PREFIX + "type", endpoint.batch() ? "BATCH" : "SINGLE");
		values.put(PREFIX + "poll-timeout", Duration.ofMillis(properties.getPollTimeout()).toString());
		values.put(PREFIX + "observation-enabled", String.valueOf(properties.isObservationEnabled()));
		values.put(PREFIX + "idle-between-polls", Duration.ofMillis(properties.getIdleBetweenPolls()).toString());
		values.put(PREFIX + "missing-topics-fatal", String.valueOf(properties.isMissingTopicsFatal()));
		values.put(PREFIX + "immediate-stop", String.valueOf(properties.isStopImmediate()));
		Duration authInterval = properties.getAuthExceptionRetryInterval();
		values.put(PREFIX + "auth-exception-retry-interval", (authInterval != null) ? authInterval.toString() : "");
		values.put(PREFIX + "async-acks", String.valueOf(properties.isAsyncAcks()));
		for (KafkaListener annotation : endpoint.annotations()) {
			removeWhatItSets(annotation, values);
		}
		return values;
	}

	/** What the annotation of a listener sets, no property would change. */
	private static void removeWhatItSets(KafkaListener annotation, Map<String, String> values) {
		if (StringUtils.hasText(annotation.ackMode())) {
			values.remove(PREFIX + "ack-mode");
		}
		if (StringUtils.hasText(annotation.concurrency())) {
			values.remove(PREFIX + "concurrency");
		}
		if (StringUtils.hasText(annotation.batch())) {
			values.remove(PREFIX + "type");
		}
	}

}
