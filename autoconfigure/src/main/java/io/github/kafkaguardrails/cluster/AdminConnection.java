package io.github.kafkaguardrails.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.AdminClientConfig;

import io.github.kafkaguardrails.setup.ClientType;

/**
 * How an admin client of ours reaches the cluster of one of the application's clients:
 * that client's configuration without what only another kind of client understands.
 * Addresses, security and network stay, and so do the keys of a user's own login or SSL
 * classes. It tries to connect less and less often, down to once a minute, so that it
 * fills no log while a cluster is away.
 */
final class AdminConnection {

	/** Key under which Spring Boot hands an SSL bundle to a client. */
	static final String SSL_BUNDLE = "org.springframework.boot.ssl.SslBundle";

	static final String CLIENT_ID = "kafka-guardrails-cluster-check";

	private static final Set<String> OWN = Set.of(AdminClientConfig.METADATA_MAX_AGE_CONFIG,
			AdminClientConfig.RETRIES_CONFIG, AdminClientConfig.RETRY_BACKOFF_MS_CONFIG,
			AdminClientConfig.RETRY_BACKOFF_MAX_MS_CONFIG);

	private AdminConnection() {
	}

	/**
	 * Configuration of an admin client. May hold secrets.
	 * @param client configuration of a client of the application
	 * @param timeout how long a request may take
	 */
	static Map<String, Object> config(Map<String, Object> client, Duration timeout) {
		Map<String, Object> config = new HashMap<>();
		client.forEach((key, value) -> {
			if (!OWN.contains(key) && (ClientType.ADMIN.keys().containsKey(key) || !definedElsewhere(key))) {
				config.put(key, value);
			}
		});
		int millis = Math.toIntExact(Math.max(1, timeout.toMillis()));
		config.put(AdminClientConfig.CLIENT_ID_CONFIG, CLIENT_ID);
		config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
		config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
		config.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 500L);
		config.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 60_000L);
		config.put(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
		config.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
		return config;
	}

	private static boolean definedElsewhere(String key) {
		return Stream.of(ClientType.values()).anyMatch((type) -> type.keys().containsKey(key));
	}

}
