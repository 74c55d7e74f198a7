package io.github.kafkaguardrails.setup;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.springframework.util.function.SingletonSupplier;

/**
 * The kinds of Kafka clients, each with the keys that it defines. The definitions are
 * those of the client on the class path, never a copy.
 *
 * @since 0.1.0
 */
@SuppressWarnings("ImmutableEnumChecker") // maps that are never changed
public enum ClientType {

	/** {@code org.apache.kafka.clients.producer.KafkaProducer}. */
	PRODUCER,

	/** {@code org.apache.kafka.clients.consumer.KafkaConsumer}. */
	CONSUMER,

	/** {@code org.apache.kafka.clients.admin.Admin}. */
	ADMIN,

	/** Kafka Streams; no keys when Streams is not on the class path. */
	STREAMS;

	/** Read when it is first asked for: not every application has every kind. */
	private final SingletonSupplier<Definition> definition = SingletonSupplier.of(() -> Definition.of(configDef()));

	/** The keys that this client defines, by name. Unmodifiable. */
	public Map<String, ConfigDef.ConfigKey> keys() {
		return this.definition.obtain().keys();
	}

	/**
	 * The names of the keys that have no default, in alphabetical order. Unmodifiable.
	 */
	public List<String> required() {
		return this.definition.obtain().required();
	}

	/** The client's own defaults, parsed; a key without a default is absent. */
	Map<String, Object> defaults() {
		return this.definition.obtain().defaults();
	}

	private ConfigDef configDef() {
		return switch (this) {
			case PRODUCER -> ProducerConfig.configDef();
			case CONSUMER -> ConsumerConfig.configDef();
			case ADMIN -> AdminClientConfig.configDef();
			case STREAMS -> streamsConfigDef();
		};
	}

	private static ConfigDef streamsConfigDef() {
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

	private record Definition(Map<String, ConfigDef.ConfigKey> keys, List<String> required,
			Map<String, Object> defaults) {

		static Definition of(ConfigDef definition) {
			Set<String> required = new TreeSet<>();
			for (ConfigDef.ConfigKey key : definition.configKeys().values()) {
				if (!key.hasDefault()) {
					required.add(key.name);
				}
			}
			return new Definition(Map.copyOf(definition.configKeys()), List.copyOf(required),
					definition.defaultValues());
		}

	}

}
