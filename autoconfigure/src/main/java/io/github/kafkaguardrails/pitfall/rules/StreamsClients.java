package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ClientType;
import io.github.kafkaguardrails.setup.ConfigValue;

/**
 * What Kafka Streams hands to the clients that it makes: keys that it does not know
 * itself, with a prefix to one kind of client, without one to each that knows the key.
 *
 * @param config configuration of the Kafka Streams application
 */
record StreamsClients(ClientConfig config) {

	private static final List<ClientType> CLIENTS = List.of(ClientType.CONSUMER, ClientType.PRODUCER, ClientType.ADMIN);

	/** Whether records are processed exactly once. */
	boolean exactlyOnce() {
		return this.config.string("processing.guarantee").equals("exactly_once_v2");
	}

	/** Whether the brokers assign the tasks. */
	boolean streamsProtocol() {
		return this.config.string("group.protocol").equalsIgnoreCase("streams");
	}

	/** Everything that is handed on. */
	List<Handed> handed() {
		List<Handed> handed = new ArrayList<>();
		for (ConfigValue value : this.config.given()) {
			Optional<String> prefix = prefix(value.key());
			if (prefix.isPresent()) {
				handed.add(new Handed(KnownKeys.STREAMS_PREFIXES.getOrDefault(prefix.get(), ClientType.ADMIN),
						value.key().substring(prefix.get().length()), value));
			}
			else if (!ClientType.STREAMS.keys().containsKey(value.key())) {
				CLIENTS.stream()
					.filter((client) -> client.keys().containsKey(value.key()) && !overridden(client, value.key()))
					.forEach((client) -> handed.add(new Handed(client, value.key(), value)));
			}
		}
		return handed;
	}

	/** What is handed on under one key, to one of its names: bare or with a prefix. */
	Stream<ConfigValue> given(String key, String... prefixes) {
		return Stream.concat(Stream.of(""), Stream.of(prefixes))
			.flatMap((prefix) -> this.config.given(prefix + key).stream());
	}

	private static Optional<String> prefix(String key) {
		return KnownKeys.STREAMS_PREFIXES.keySet().stream().filter(key::startsWith).findFirst();
	}

	private boolean overridden(ClientType client, String key) {
		return KnownKeys.STREAMS_PREFIXES.entrySet()
			.stream()
			.filter((prefix) -> prefix.getValue() == client)
			.anyMatch((prefix) -> this.config.given(prefix.getKey() + key).isPresent());
	}

	/**
	 * A value that a client of Kafka Streams receives.
	 *
	 * @param client kind of the client
	 * @param key key of that client
	 * @param value the value as Kafka Streams was given it
	 */
	record Handed(ClientType client, String key, ConfigValue value) {

	}

}
