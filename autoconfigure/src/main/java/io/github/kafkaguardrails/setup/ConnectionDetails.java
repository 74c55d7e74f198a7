package io.github.kafkaguardrails.setup;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;

/**
 * Connection details that come from somewhere else than properties, such as a container
 * of a test. They decide where the auto-configured clients connect to.
 *
 * @param name bean name
 * @param details the details
 */
record ConnectionDetails(String name, KafkaConnectionDetails details) {

	private static final String FROM_PROPERTIES = "org.springframework.boot.kafka.autoconfigure.PropertiesKafkaConnectionDetails";

	/** The connection details in use, or {@code null} when properties decide. */
	static @Nullable ConnectionDetails find(ExistingBeans beans) {
		for (Map.Entry<String, KafkaConnectionDetails> entry : beans.ofType(KafkaConnectionDetails.class).entrySet()) {
			if (!entry.getValue().getClass().getName().equals(FROM_PROPERTIES)) {
				return new ConnectionDetails(entry.getKey(), entry.getValue());
			}
		}
		return null;
	}

	/** Whether they gave this value to a client. */
	boolean supplied(ClientType client, String key, @Nullable Object value) {
		try {
			KafkaConnectionDetails.Configuration configuration = configuration(client);
			return switch (key) {
				case "bootstrap.servers" ->
					ClientValueComparison.same(client, key, value, configuration.getBootstrapServers());
				case "security.protocol" -> configuration.getSecurityProtocol() != null
						&& ClientValueComparison.same(client, key, value, configuration.getSecurityProtocol());
				default -> false;
			};
		}
		catch (RuntimeException ex) {
			// whoever is behind the details cannot tell them now
			return false;
		}
	}

	private KafkaConnectionDetails.Configuration configuration(ClientType client) {
		return switch (client) {
			case PRODUCER -> this.details.getProducer();
			case CONSUMER -> this.details.getConsumer();
			case ADMIN -> this.details.getAdmin();
			case STREAMS -> this.details.getStreams();
		};
	}

}
