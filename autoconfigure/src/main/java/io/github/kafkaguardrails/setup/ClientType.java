package io.github.kafkaguardrails.setup;

import java.lang.reflect.Method;
import java.util.Map;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The kinds of Kafka clients, each with the keys that it defines. The definitions are
 * those of the client on the class path, never a copy.
 *
 * @since 0.1.0
 */
@SuppressWarnings("ImmutableEnumChecker") // maps that are never changed
public enum ClientType {

	/** {@code org.apache.kafka.clients.producer.KafkaProducer}. */
	PRODUCER(ProducerConfig.configDef()),

	/** {@code org.apache.kafka.clients.consumer.KafkaConsumer}. */
	CONSUMER(ConsumerConfig.configDef()),

	/** {@code org.apache.kafka.clients.admin.Admin}. */
	ADMIN(AdminClientConfig.configDef()),

	/** Kafka Streams; no keys when Streams is not on the class path. */
	STREAMS(streamsDefinition());

	private final Map<String, ConfigDef.ConfigKey> keys;

	private final Map<String, Object> defaults;

	ClientType(ConfigDef definition) {
		this.keys = Map.copyOf(definition.configKeys());
		this.defaults = definition.defaultValues();
	}

	/** The keys that this client defines, by name. Unmodifiable. */
	public Map<String, ConfigDef.ConfigKey> keys() {
		return this.keys;
	}

	/** The client's own defaults, parsed; a key without a default is absent. */
	Map<String, Object> defaults() {
		return this.defaults;
	}

	private static ConfigDef streamsDefinition() {
		try {
			Class<?> type = Class.forName("org.apache.kafka.streams.StreamsConfig", true,
					ClientType.class.getClassLoader());
			Method method = type.getMethod("configDef");
			return (ConfigDef) method.invoke(null);
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			return new ConfigDef();
		}
	}

}
