package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the properties of Spring Boot map to the keys of Kafka clients: the one place that
 * knows what {@code KafkaProperties} and {@code KafkaAutoConfiguration} do with a
 * {@code spring.kafka} property, precedence included. It speaks of the clients that
 * Spring Boot creates; a hand-made factory may do otherwise.
 *
 * @since 0.1.0
 */
public final class BootClientProperties {

	/** Name of the map for keys of every client. Each client has one of its own, too. */
	public static final String COMMON_PROPERTIES = "spring.kafka.properties";

	private static final Set<ClientType> ALL = EnumSet.allOf(ClientType.class);

	/**
	 * Keys for which Spring Boot has a default of its own in the part of the client,
	 * which hides what {@link #COMMON_PROPERTIES} says.
	 */
	private static final Set<String> NEVER_COMMON = Set.of("isolation.level", "key.deserializer", "value.deserializer",
			"key.serializer", "value.serializer");

	private static final List<Target> DEDICATED = dedicated();

	private BootClientProperties() {
	}

	/**
	 * What a property sets.
	 * @param property full name of the property, in any spelling
	 * @return empty when it is no property of {@code spring.kafka} that Spring Boot hands
	 * to a client
	 */
	public static Optional<Target> target(String property) {
		PropertyName name = PropertyName.of(property);
		Optional<String> common = name.below(COMMON_PROPERTIES);
		if (common.isPresent()) {
			return Optional.of(new Target(ALL, common.get(), COMMON_PROPERTIES + "." + common.get(), true));
		}
		for (ClientType client : ALL) {
			Optional<String> own = name.below(map(client));
			if (own.isPresent()) {
				return Optional.of(new Target(Set.of(client), own.get(), map(client) + "." + own.get(), true));
			}
		}
		for (Target target : DEDICATED) {
			if (name.matches(target.property())) {
				return Optional.of(target);
			}
		}
		return Optional.empty();
	}

	/**
	 * The properties that can set a key, strongest first: the first one that is set gives
	 * the value. (A scope whose {@code ssl.bundle} is set gives none of its other
	 * {@code ssl} values.)
	 * @param client kind of the client
	 * @param key the client's key
	 * @return full names, canonical but for the key at the end of a map's name
	 */
	public static List<String> properties(ClientType client, String key) {
		List<String> own = dedicated(Set.of(client), key);
		List<String> common = dedicated(ALL, key);
		List<String> ownMap = List.of(map(client) + "." + key);
		List<String> commonMap = List.of(COMMON_PROPERTIES + "." + key);
		if (key.equals("bootstrap.servers")) {
			return concatenated(own, common);
		}
		if (key.equals("security.protocol") || key.equals("ssl.engine.factory.class")) {
			return concatenated(own, common, ownMap, commonMap);
		}
		if (NEVER_COMMON.contains(key) && !own.isEmpty()) {
			return concatenated(ownMap, own);
		}
		return concatenated(ownMap, own, commonMap, common);
	}

	/**
	 * Name of the map for keys of one kind of client, for example
	 * {@code spring.kafka.consumer.properties}.
	 */
	public static String map(ClientType client) {
		return scope(client) + ".properties";
	}

	private static List<String> dedicated(Set<ClientType> clients, String key) {
		List<String> properties = new ArrayList<>();
		for (Target target : DEDICATED) {
			if (target.key().equals(key) && target.clients().equals(clients)) {
				properties.add(target.property());
			}
		}
		return properties;
	}

	@SafeVarargs
	private static List<String> concatenated(List<String>... parts) {
		List<String> all = new ArrayList<>();
		for (List<String> part : parts) {
			all.addAll(part);
		}
		return List.copyOf(all);
	}

	private static String scope(ClientType client) {
		return "spring.kafka." + client.name().toLowerCase(Locale.ROOT);
	}

	private static List<Target> dedicated() {
		List<Target> targets = new ArrayList<>();
		add(targets, "spring.kafka", ALL, Map.of("bootstrap-servers", "bootstrap.servers", "client-id", "client.id"));
		add(targets, "spring.kafka", ALL, security());
		add(targets, scope(ClientType.ADMIN), Set.of(ClientType.ADMIN), Map.of("client-id", "client.id"));
		add(targets, scope(ClientType.PRODUCER), Set.of(ClientType.PRODUCER),
				Map.of("acks", "acks", "batch-size", "batch.size", "bootstrap-servers", "bootstrap.servers",
						"buffer-memory", "buffer.memory", "client-id", "client.id", "compression-type",
						"compression.type", "key-serializer", "key.serializer", "retries", "retries",
						"value-serializer", "value.serializer"));
		add(targets, scope(ClientType.CONSUMER), Set.of(ClientType.CONSUMER), Map.ofEntries(
				Map.entry("auto-commit-interval", "auto.commit.interval.ms"),
				Map.entry("auto-offset-reset", "auto.offset.reset"),
				Map.entry("bootstrap-servers", "bootstrap.servers"), Map.entry("client-id", "client.id"),
				Map.entry("enable-auto-commit", "enable.auto.commit"), Map.entry("fetch-max-wait", "fetch.max.wait.ms"),
				Map.entry("fetch-min-size", "fetch.min.bytes"), Map.entry("group-id", "group.id"),
				Map.entry("heartbeat-interval", "heartbeat.interval.ms"),
				Map.entry("isolation-level", "isolation.level"), Map.entry("key-deserializer", "key.deserializer"),
				Map.entry("value-deserializer", "value.deserializer"),
				Map.entry("max-poll-records", "max.poll.records"),
				Map.entry("max-poll-interval", "max.poll.interval.ms")));
		add(targets, scope(ClientType.STREAMS), Set.of(ClientType.STREAMS),
				Map.of("application-id", "application.id", "bootstrap-servers", "bootstrap.servers", "client-id",
						"client.id", "replication-factor", "replication.factor", "state-dir", "state.dir",
						"state-store-cache-max-size", "statestore.cache.max.bytes"));
		for (ClientType client : ALL) {
			add(targets, scope(client), Set.of(client), security());
		}
		return List.copyOf(targets);
	}

	private static Map<String, String> security() {
		return Map.ofEntries(Map.entry("security.protocol", "security.protocol"),
				Map.entry("ssl.bundle", "ssl.engine.factory.class"), Map.entry("ssl.key-password", "ssl.key.password"),
				Map.entry("ssl.key-store-certificate-chain", "ssl.keystore.certificate.chain"),
				Map.entry("ssl.key-store-key", "ssl.keystore.key"),
				Map.entry("ssl.key-store-location", "ssl.keystore.location"),
				Map.entry("ssl.key-store-password", "ssl.keystore.password"),
				Map.entry("ssl.key-store-type", "ssl.keystore.type"),
				Map.entry("ssl.trust-store-certificates", "ssl.truststore.certificates"),
				Map.entry("ssl.trust-store-location", "ssl.truststore.location"),
				Map.entry("ssl.trust-store-password", "ssl.truststore.password"),
				Map.entry("ssl.trust-store-type", "ssl.truststore.type"), Map.entry("ssl.protocol", "ssl.protocol"));
	}

	private static void add(List<Target> targets, String scope, Set<ClientType> clients, Map<String, String> keys) {
		for (Map.Entry<String, String> entry : keys.entrySet()) {
			targets.add(new Target(clients, entry.getValue(), scope + "." + entry.getKey(), false));
		}
	}

	/**
	 * What a property sets.
	 *
	 * @param clients the kinds of clients that it is meant for
	 * @param key the key of the client
	 * @param property full name of the property, canonical but for the key at the end of
	 * a map's name
	 * @param raw whether it is an entry of a {@code properties} map, which the client
	 * receives as it is
	 */
	public record Target(Set<ClientType> clients, String key, String property, boolean raw) {

		public Target {
			clients = Set.copyOf(clients);
		}

	}

}
