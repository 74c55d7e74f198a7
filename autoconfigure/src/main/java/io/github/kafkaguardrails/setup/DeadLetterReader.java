package io.github.kafkaguardrails.setup;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;

import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;

/**
 * Finds out where a {@link DeadLetterPublishingRecoverer} publishes to, and how it would
 * write the original bytes of an undeserializable record.
 */
final class DeadLetterReader {

	private final SerdeReader serdes;

	private final ClientConfigReader configs;

	DeadLetterReader(SerdeReader serdes, ClientConfigReader configs) {
		this.serdes = serdes;
		this.configs = configs;
	}

	DeadLetterSetup read(DeadLetterPublishingRecoverer recoverer) {
		String topic = topic(recoverer);
		ProducerFactory<?, ?> factory = producerFactory(template(recoverer));
		Map<String, Object> values = (factory != null) ? GivenConfiguration.of(factory::getConfigurationProperties)
				: null;
		if (factory == null || values == null) {
			return new DeadLetterSetup(topic, null, null);
		}
		ClientConfig config = this.configs.read(ClientType.PRODUCER, values, "the dead-letter template");
		return new DeadLetterSetup(topic, this.serdes.serializer(factory, config, true),
				this.serdes.serializer(factory, config, false));
	}

	private static String topic(DeadLetterPublishingRecoverer recoverer) {
		Object resolver = Fields.read(recoverer, DeadLetterPublishingRecoverer.class, "destinationResolver");
		Object standard = Fields.read(recoverer, DeadLetterPublishingRecoverer.class, "DEFAULT_DESTINATION_RESOLVER");
		return (resolver == standard && resolver != Fields.UNREADABLE) ? DeadLetterSetup.SOURCE_TOPIC + "-dlt"
				: DeadLetterSetup.TOPIC_SET_IN_CODE;
	}

	/** The template for bytes, as the recoverer itself would choose it. */
	private static @Nullable Object template(DeadLetterPublishingRecoverer recoverer) {
		Object resolver = Fields.read(recoverer, DeadLetterPublishingRecoverer.class, "templateResolver");
		if (resolver == null || !Fields.isLambdaOf(resolver, DeadLetterPublishingRecoverer.class)) {
			return null;
		}
		List<@Nullable Object> captured = Fields.captured(resolver);
		if (captured == null) {
			return null;
		}
		for (Object value : captured) {
			if (value instanceof Map<?, ?> templates) {
				return forBytes(templates);
			}
			if (value instanceof KafkaOperations) {
				return value;
			}
		}
		return null;
	}

	private static @Nullable Object forBytes(Map<?, ?> templates) {
		Object last = null;
		for (Map.Entry<?, ?> entry : templates.entrySet()) {
			last = entry.getValue();
			if (entry.getKey() instanceof Class<?> type && type.isAssignableFrom(byte[].class)) {
				return last;
			}
		}
		return last;
	}

	private static @Nullable ProducerFactory<?, ?> producerFactory(@Nullable Object template) {
		try {
			return (template instanceof KafkaOperations<?, ?> operations) ? operations.getProducerFactory() : null;
		}
		catch (UnsupportedOperationException ex) {
			// a routing template has several
			return null;
		}
	}

}
