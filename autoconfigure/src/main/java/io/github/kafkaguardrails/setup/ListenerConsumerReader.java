package io.github.kafkaguardrails.setup;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.AbstractShareKafkaMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.StringUtils;

/**
 * Puts together the configuration that the consumers of a container run with: the
 * consumer factory's, overlaid by what the container passes when it creates a consumer.
 */
final class ListenerConsumerReader {

	private static final Log logger = LogFactory.getLog(ListenerConsumerReader.class);

	private final ClientConfigReader configs;

	ListenerConsumerReader(ClientConfigReader configs) {
		this.configs = configs;
	}

	/**
	 * The effective configuration.
	 * @param factory what the consumer factory was given
	 * @param container the container
	 * @param endpoint what the container calls
	 * @param place what the container was made for, in words
	 */
	ClientConfig read(ClientConfig factory, MessageListenerContainer container, ListenerEndpoint endpoint,
			String place) {
		Map<String, ConfigValue> values = new TreeMap<>();
		for (ConfigValue value : factory.given()) {
			values.put(value.key(), value);
		}
		ContainerProperties properties = container.getContainerProperties();
		if (StringUtils.hasText(properties.getGroupId())) {
			put(values, ConsumerConfig.GROUP_ID_CONFIG, properties.getGroupId(), rawGroupId(endpoint), place);
		}
		if (container instanceof AbstractShareKafkaMessageListenerContainer) {
			return ClientConfig.of(ClientType.CONSUMER, values.values());
		}
		addProperties(values, properties, endpoint, place);
		if (StringUtils.hasText(properties.getClientId())) {
			addClientId(values, properties.getClientId(), rawClientId(endpoint), place);
		}
		values.putIfAbsent(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
				ConfigValue.of(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false, ValueOrigin.frameworkDefault()));
		return ClientConfig.of(ClientType.CONSUMER, values.values());
	}

	/** Spring Kafka ignores a group id or client id among these properties. */
	private static void addProperties(Map<String, ConfigValue> values, ContainerProperties container,
			ListenerEndpoint endpoint, String place) {
		Properties properties = container.getKafkaConsumerProperties();
		Properties written = written(endpoint.annotations());
		for (String key : properties.stringPropertyNames()) {
			if (!key.equals(ConsumerConfig.GROUP_ID_CONFIG) && !key.equals(ConsumerConfig.CLIENT_ID_CONFIG)) {
				put(values, key, properties.getProperty(key),
						written.isEmpty() ? null : written.getProperty(key, properties.getProperty(key)), place);
			}
		}
	}

	private void addClientId(Map<String, ConfigValue> values, String clientId, @Nullable String raw, String place) {
		ConfigValue property = this.configs.springProperty("spring.kafka.listener.client-id");
		if (raw == null && property != null && clientId.equals(String.valueOf(property.value()))) {
			values.put(ConsumerConfig.CLIENT_ID_CONFIG,
					new ConfigValue(ConsumerConfig.CLIENT_ID_CONFIG, clientId, property.raw(), property.origin()));
			return;
		}
		put(values, ConsumerConfig.CLIENT_ID_CONFIG, clientId, raw, place);
	}

	/** A value that the annotation sets when it wrote something, else code. */
	private static void put(Map<String, ConfigValue> values, String key, @Nullable Object value, @Nullable String raw,
			String place) {
		ValueOrigin origin = (raw != null) ? ValueOrigin.annotation("@KafkaListener on " + place)
				: ValueOrigin.code("the container of " + place);
		values.put(key, new ConfigValue(key, value, raw, origin));
	}

	private static @Nullable String rawGroupId(ListenerEndpoint endpoint) {
		for (KafkaListener annotation : endpoint.annotations()) {
			if (StringUtils.hasText(annotation.groupId())) {
				return annotation.groupId();
			}
			if (annotation.idIsGroup() && StringUtils.hasText(annotation.id())) {
				return annotation.id();
			}
		}
		return null;
	}

	private static @Nullable String rawClientId(ListenerEndpoint endpoint) {
		for (KafkaListener annotation : endpoint.annotations()) {
			if (StringUtils.hasText(annotation.clientIdPrefix())) {
				return annotation.clientIdPrefix();
			}
		}
		return null;
	}

	private static Properties written(List<KafkaListener> annotations) {
		Properties written = new Properties();
		for (KafkaListener annotation : annotations) {
			for (String property : annotation.properties()) {
				load(written, property);
			}
		}
		return written;
	}

	private static void load(Properties written, String property) {
		try {
			written.load(new StringReader(property));
		}
		catch (IOException | IllegalArgumentException ex) {
			logger.debug("Not of the form key=value", ex);
		}
	}

}
