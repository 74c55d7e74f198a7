package io.github.kafkaguardrails.errorhandling.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * How to reach the cluster that a listener consumes from: the part of the consumer's
 * configuration that every kind of client understands (addresses, security, network).
 * Clients made from it go to the same cluster with the same credentials, whatever the
 * application's producers are configured for. Two equal connections can share clients.
 * Immutable, safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Connection {

	private static final String SSL_BUNDLE = "org.springframework.boot.ssl.SslBundle";

	private static final int MAX_REQUEST_BYTES = 32 * 1024 * 1024;

	private static final Set<String> OWN = Set.of(CommonClientConfigs.CLIENT_ID_CONFIG,
			CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
			CommonClientConfigs.METADATA_MAX_AGE_CONFIG, AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
			AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG);

	/**
	 * Found when somebody first asks: connections are made while the application starts,
	 * and used behind it.
	 */
	private final SingletonSupplier<Map<String, Object>> settings;

	private Connection(Map<String, Object> consumerConfig) {
		this.settings = SingletonSupplier.of(() -> common(consumerConfig));
	}

	/**
	 * The connection of a consumer.
	 * @param consumerConfig the consumer's configuration, not changed any more
	 */
	public static Connection of(Map<String, Object> consumerConfig) {
		return new Connection(consumerConfig);
	}

	/**
	 * What an admin client understands every client does, but for its own settings; it
	 * has the fewest.
	 */
	private static Map<String, Object> common(Map<String, Object> consumerConfig) {
		Map<String, Object> settings = new HashMap<>();
		consumerConfig.forEach((key, value) -> {
			boolean common = AdminClientConfig.configNames().contains(key) && !OWN.contains(key);
			if (common || key.equals(SSL_BUNDLE)) {
				settings.put(key, value);
			}
		});
		return Map.copyOf(settings);
	}

	/** The common settings. Unmodifiable. */
	public Map<String, Object> settings() {
		return this.settings.obtain();
	}

	/**
	 * A producer of bytes that gives up after {@code deliveryTimeout} and never reorders
	 * or duplicates.
	 */
	Map<String, Object> producer(String clientId, Duration maxBlock, Duration deliveryTimeout) {
		Map<String, Object> config = client(clientId);
		config.put(ProducerConfig.ACKS_CONFIG, "all");
		config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
		config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
		// a record that fits into its source shall not fail here: the topic's limit
		// counts
		config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
		config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlock.toMillis());
		config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(deliveryTimeout.toMillis() / 2));
		config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(deliveryTimeout.toMillis()));
		config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		return config;
	}

	/** A consumer of bytes without a group. */
	Map<String, Object> reader(String clientId, Duration timeout) {
		Map<String, Object> config = client(clientId);
		config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
		config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
		config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
		config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
		config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
		config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
		config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
		return config;
	}

	/** A consumer of bytes without a group that reads long stretches. */
	Map<String, Object> rangeReader(String clientId, Duration timeout) {
		Map<String, Object> config = reader(clientId, timeout);
		config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000);
		config.remove(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG);
		return config;
	}

	/** An admin client that gives up after {@code timeout}. */
	Map<String, Object> admin(String clientId, Duration timeout) {
		Map<String, Object> config = client(clientId);
		config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
		config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(timeout.toMillis()));
		return config;
	}

	private Map<String, Object> client(@Nullable String clientId) {
		Map<String, Object> config = new HashMap<>(settings());
		config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
		return config;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Connection connection && settings().equals(connection.settings());
	}

	@Override
	public int hashCode() {
		return settings().hashCode();
	}

	/** Addresses only: the settings may hold secrets. */
	@Override
	public String toString() {
		return String.valueOf(settings().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
	}

}
