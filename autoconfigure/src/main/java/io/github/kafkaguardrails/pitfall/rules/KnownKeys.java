package io.github.kafkaguardrails.pitfall.rules;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.kafka.common.config.ConfigDef;

import io.github.kafkaguardrails.setup.ClientType;

/**
 * The keys that a kind of client is known to understand: its own definition, those of
 * Spring Kafka's (de)serializers, and what well-known plug-ins read. Kafka Streams
 * understands the keys of the clients that it makes, too.
 */
final class KnownKeys {

	/** Prefixes with which Kafka Streams hands keys to one of its clients. */
	static final Map<String, ClientType> STREAMS_PREFIXES = Map.of("consumer.", ClientType.CONSUMER, "main.consumer.",
			ClientType.CONSUMER, "restore.consumer.", ClientType.CONSUMER, "global.consumer.", ClientType.CONSUMER,
			"producer.", ClientType.PRODUCER, "admin.", ClientType.ADMIN);

	/** Keys of Spring Kafka's serializers, deserializers and Streams handlers. */
	static final Set<String> SPRING = Set.of("spring.json.add.type.headers", "spring.json.type.mapping",
			"spring.json.trusted.packages", "spring.json.use.type.headers", "spring.json.remove.type.headers",
			"spring.json.key.default.type", "spring.json.value.default.type", "spring.json.key.type.method",
			"spring.json.value.type.method", "spring.deserializer.key.function", "spring.deserializer.value.function",
			"spring.deserializer.key.delegate.class", "spring.deserializer.value.delegate.class",
			"spring.deserializer.validator.class", "spring.message.add.type.headers", "spring.message.key.type",
			"spring.message.value.type", "spring.message.key.parser", "spring.message.value.parser",
			"spring.kafka.serialization.selector", "spring.kafka.serialization.selector.config",
			"spring.kafka.key.serialization.selector", "spring.kafka.key.serialization.selector.config",
			"spring.kafka.key.serialization.bytopic.config", "spring.kafka.key.serialization.bytopic.default",
			"spring.kafka.value.serialization.bytopic.config", "spring.kafka.value.serialization.bytopic.default",
			"spring.kafka.value.serialization.bytopic.case.insensitive", "spring.deserialization.recoverer",
			"spring.kafka.streams.deserialization.exception.handler.recoverer",
			"spring.kafka.streams.deserialization.exception.handler.dlq.destination.resolver",
			"spring.kafka.streams.processing.exception.handler.recoverer",
			"spring.kafka.streams.processing.exception.handler.dlq.destination.resolver",
			"spring.kafka.streams.production.exception.handler.recoverer",
			"spring.kafka.streams.production.exception.handler.dlq.destination.resolver");

	/** Keys of schema registries, monitoring and tracing, by prefix or by name. */
	private static final Pattern PLUGIN = Pattern.compile("(schema\\.registry|basic\\.auth|bearer\\.auth|apicurio"
			+ "|confluent|otel|cloudevents|aws|strimzi|rule|rules|config\\.providers|metrics\\.context|client-tag"
			+ "|client\\.tag|avro|json|specific\\.protobuf|kafka\\.guardrails)\\..+"
			+ "|auto\\.register\\.schemas|use\\.latest\\.version|use\\.latest\\.with\\.metadata|use\\.schema\\.id"
			+ "|normalize\\.schemas|specific\\.avro\\.reader|specific\\.avro\\.key\\.type|specific\\.avro\\.value\\.type"
			+ "|derive\\.type|(key|value)\\.subject\\.name\\.strategy|(key|value)\\.schema\\.id\\.(de)?serializer"
			+ "|latest\\.compatibility\\.strict|latest\\.cache\\.(size|ttl\\.sec)|id\\.compatibility\\.strict"
			+ "|max\\.schemas\\.per\\.subject|schema\\.reflection|schema\\.format|reference\\.subject\\.name\\.strategy"
			+ "|skip\\.known\\.types|proxy\\.(host|port)|http\\.(connect|read)\\.timeout\\.ms|missing\\..+\\.cache.*"
			+ "|compressionType|dataFormat|avroRecordType|protobufMessageType|schemaAutoRegistrationEnabled"
			+ "|schemaName|schemaVersionId|cacheSize|timeToLiveMillis|compatibility|description|tags|metadata"
			+ "|secondaryDeserializer|userAgentApp|assumeRoleArn|assumeRoleSessionName|region|endpoint"
			+ "|registry\\.name");

	private static final Map<ClientType, Set<String>> NAMES = names();

	private KnownKeys() {
	}

	/** The keys that a kind of client defines, and those of Spring Kafka. */
	static Set<String> names(ClientType type) {
		return NAMES.getOrDefault(type, Set.of());
	}

	/**
	 * Whether a kind of client, or something that is plugged into it, understands a key.
	 */
	static boolean knows(ClientType type, String key) {
		if (names(type).contains(key) || PLUGIN.matcher(key).matches()) {
			return true;
		}
		return type == ClientType.STREAMS && (key.startsWith("topic.") || STREAMS_PREFIXES.entrySet()
			.stream()
			.anyMatch((prefix) -> key.startsWith(prefix.getKey())
					&& knows(prefix.getValue(), key.substring(prefix.getKey().length()))));
	}

	/** Whether the value of a key is a list. */
	static boolean list(ClientType type, String key) {
		List<ClientType> types = (type == ClientType.STREAMS) ? List.of(ClientType.values()) : List.of(type);
		return types.stream()
			.map((candidate) -> candidate.keys().get(key))
			.anyMatch((definition) -> definition != null && definition.type() == ConfigDef.Type.LIST);
	}

	private static Map<ClientType, Set<String>> names() {
		Map<ClientType, Set<String>> names = new EnumMap<>(ClientType.class);
		for (ClientType type : ClientType.values()) {
			Set<String> keys = new HashSet<>(SPRING);
			List<ClientType> types = (type == ClientType.STREAMS) ? List.of(ClientType.values()) : List.of(type);
			types.forEach((candidate) -> keys.addAll(candidate.keys().keySet()));
			names.put(type, Set.copyOf(keys));
		}
		return names;
	}

}
