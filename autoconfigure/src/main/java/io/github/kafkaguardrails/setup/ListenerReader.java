package io.github.kafkaguardrails.setup;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ShareConsumerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.AbstractShareKafkaMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.util.StringUtils;

/**
 * Describes every listener container of a context. A container of a foreign class, or one
 * whose consumer factory does not show its configuration, is left out: half a picture
 * would lead to wrong statements.
 */
final class ListenerReader {

	private static final Log logger = LogFactory.getLog(ListenerReader.class);

	private static final String GENERATED_ID = "org.springframework.kafka.KafkaListenerEndpointContainer#";

	private final ExistingBeans beans;

	private final PropertyResolver resolver;

	private final ClientConfigReader configs;

	private final ListenerConsumerReader consumers;

	private final SerdeReader serdes;

	private final ContainerReader containers;

	private final ListenerMethodReader methods;

	private final ErrorHandlingReader errorHandling;

	private final RetryTopicReader retryTopics;

	private final IdentityHashMap<Object, @Nullable ClientConfig> given = new IdentityHashMap<>();

	ListenerReader(ExistingBeans beans, PropertyResolver resolver, ClientConfigReader configs, SerdeReader serdes,
			ContainerReader containers, ListenerMethodReader methods, ErrorHandlingReader errorHandling) {
		this.beans = beans;
		this.resolver = resolver;
		this.configs = configs;
		this.consumers = new ListenerConsumerReader(configs);
		this.serdes = serdes;
		this.containers = containers;
		this.methods = methods;
		this.retryTopics = new RetryTopicReader(beans);
		this.errorHandling = errorHandling;
	}

	/** All containers by the order of their ids. */
	List<ListenerSetup> read() {
		Map<String, Object> factories = new LinkedHashMap<>();
		factories.putAll(this.beans.ofType(ConsumerFactory.class));
		factories.putAll(this.beans.ofType(ShareConsumerFactory.class));
		List<ListenerSetup> listeners = new ArrayList<>();
		Collection<KafkaListenerEndpointRegistry> registries = this.beans.ofType(KafkaListenerEndpointRegistry.class)
			.values();
		for (KafkaListenerEndpointRegistry registry : registries) {
			for (MessageListenerContainer container : registry.getListenerContainers()) {
				add(listeners, container, factories, null);
			}
		}
		Map<String, MessageListenerContainer> containerBeans = this.beans.ofType(MessageListenerContainer.class);
		for (Map.Entry<String, MessageListenerContainer> container : containerBeans.entrySet()) {
			add(listeners, container.getValue(), factories, container.getKey());
		}
		listeners.sort((left, right) -> left.id().compareTo(right.id()));
		return listeners;
	}

	private void add(List<ListenerSetup> listeners, MessageListenerContainer container, Map<String, Object> factories,
			@Nullable String beanName) {
		try {
			ListenerSetup listener = listener(container, factories, beanName);
			if (listener != null) {
				listeners.add(listener);
			}
		}
		catch (UnsupportedOperationException ex) {
			logger.debug("Container " + container.getClass().getName() + " does not show its settings", ex);
		}
	}

	private @Nullable ListenerSetup listener(MessageListenerContainer container, Map<String, Object> factories,
			@Nullable String beanName) {
		Object factory = consumerFactory(container);
		String factoryName = ExistingBeans.nameOf(factories, factory);
		ClientConfig given = (factory != null) ? given(factory, factoryName) : null;
		if (factory == null || given == null) {
			return null;
		}
		ContainerProperties properties = container.getContainerProperties();
		String id = container.getListenerId();
		String mainId = mainListenerId(container);
		ListenerEndpoint endpoint = ListenerEndpoint.of(properties.getMessageListener(), (mainId != null) ? mainId : id,
				this.resolver);
		String place = (beanName != null) ? "bean '" + beanName + "'"
				: Optional.ofNullable(endpoint.place()).orElse("listener '" + id + "'");
		ClientConfig consumer = this.consumers.read(given, container, endpoint, place);
		SerdeSetup valueDeserializer = this.serdes.deserializer(factory, consumer, false);
		return new ListenerSetup(id, !id.startsWith(GENERATED_ID), role(mainId, endpoint, beanName), place,
				container.getGroupId(), subscription(properties),
				this.containers.read(container, endpoint, factoryName, consumer), consumer,
				this.serdes.deserializer(factory, consumer, true), valueDeserializer, methods(endpoint),
				errorHandling(container, endpoint), groupFromId(endpoint, id, properties.getGroupId()),
				PayloadConversion.impossible(container, endpoint, consumer, valueDeserializer),
				endpoint.retryTopic() ? this.retryTopics.read(id, properties.getTopics()) : null);
	}

	private static @Nullable Object consumerFactory(MessageListenerContainer container) {
		if (container instanceof AbstractMessageListenerContainer) {
			return Fields.read(container, AbstractMessageListenerContainer.class, "consumerFactory");
		}
		if (container instanceof AbstractShareKafkaMessageListenerContainer) {
			return Fields.read(container, AbstractShareKafkaMessageListenerContainer.class, "shareConsumerFactory");
		}
		return null;
	}

	/** What a factory gives, looked up once for all of its containers. */
	private @Nullable ClientConfig given(Object factory, @Nullable String name) {
		if (!this.given.containsKey(factory)) {
			Map<String, Object> values = configuration(factory);
			String place = (name != null) ? "bean '" + name + "'" : "a consumer factory that is no bean";
			this.given.put(factory, (values != null) ? this.configs.read(ClientType.CONSUMER, values, place) : null);
		}
		return this.given.get(factory);
	}

	private static @Nullable Map<String, Object> configuration(Object factory) {
		if (factory instanceof ConsumerFactory<?, ?> consumerFactory) {
			return GivenConfiguration.of(consumerFactory::getConfigurationProperties);
		}
		return (factory instanceof ShareConsumerFactory<?, ?> shareFactory)
				? GivenConfiguration.of(shareFactory::getConfigurationProperties) : null;
	}

	private static @Nullable String mainListenerId(MessageListenerContainer container) {
		return (container instanceof AbstractMessageListenerContainer<?, ?> known) ? known.getMainListenerId() : null;
	}

	private static ListenerSetup.Role role(@Nullable String mainId, ListenerEndpoint endpoint,
			@Nullable String beanName) {
		if (mainId != null) {
			return ListenerSetup.Role.AUXILIARY;
		}
		return (beanName == null && endpoint.annotated()) ? ListenerSetup.Role.MAIN : ListenerSetup.Role.MANUAL;
	}

	private static boolean groupFromId(ListenerEndpoint endpoint, String id, @Nullable String group) {
		if (!id.equals(group)) {
			return false;
		}
		for (KafkaListener annotation : endpoint.annotations()) {
			if (!annotation.idIsGroup() || !StringUtils.hasText(annotation.id())
					|| StringUtils.hasText(annotation.groupId())) {
				return false;
			}
		}
		return !endpoint.annotations().isEmpty();
	}

	private static Subscription subscription(ContainerProperties properties) {
		String[] topics = properties.getTopics();
		TopicPartitionOffset[] partitions = properties.getTopicPartitions();
		return new Subscription((topics != null) ? List.of(topics) : List.of(),
				(properties.getTopicPattern() != null) ? properties.getTopicPattern().pattern() : null,
				(partitions != null) ? Arrays.stream(partitions)
					.map((partition) -> partition.getTopic() + "-" + partition.getPartition())
					.toList() : List.of());
	}

	private List<ListenerMethod> methods(ListenerEndpoint endpoint) {
		Object bean = endpoint.bean();
		if (bean == null) {
			return List.of();
		}
		List<ListenerMethod> described = new ArrayList<>();
		for (Method method : endpoint.methods()) {
			described.add(this.methods.read(bean, method));
		}
		return List.copyOf(described);
	}

	private ErrorHandlingSetup errorHandling(MessageListenerContainer container, ListenerEndpoint endpoint) {
		if (container instanceof AbstractMessageListenerContainer<?, ?> known) {
			return this.errorHandling.read(known, endpoint);
		}
		return (container instanceof AbstractShareKafkaMessageListenerContainer<?, ?> share)
				? this.errorHandling.read(share) : ErrorHandlingSetup.of(ErrorHandlingSetup.Kind.CUSTOM, "not known");
	}

}
