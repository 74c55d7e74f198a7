package io.github.kafkaguardrails.pitfall.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.Severity;

/**
 * Keys that no Java client of today reads but that are written for one all the same: of
 * brokers and topics, of librdkafka, of clients long gone.
 */
final class ForeignKeys {

	private static final Set<String> TOPIC = Set.of(TopicConfig.SEGMENT_BYTES_CONFIG, TopicConfig.SEGMENT_MS_CONFIG,
			TopicConfig.RETENTION_BYTES_CONFIG, TopicConfig.RETENTION_MS_CONFIG, TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
			TopicConfig.DELETE_RETENTION_MS_CONFIG, TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
			TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
			TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
			TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
			TopicConfig.REMOTE_LOG_STORAGE_ENABLE_CONFIG, TopicConfig.LOCAL_LOG_RETENTION_MS_CONFIG,
			TopicConfig.LOCAL_LOG_RETENTION_BYTES_CONFIG, "num.partitions");

	private static final Set<String> BROKER = Set.of("auto.create.topics.enable", "delete.topic.enable",
			"message.max.bytes", "default.replication.factor", "log.retention.hours", "log.retention.minutes",
			"log.retention.ms", "log.retention.bytes", "log.segment.bytes", "log.cleanup.policy",
			"offsets.retention.minutes", "offsets.topic.replication.factor", "transaction.max.timeout.ms",
			"transaction.state.log.replication.factor", "transaction.state.log.min.isr", "replica.fetch.max.bytes",
			"replica.lag.time.max.ms", "group.min.session.timeout.ms", "group.max.session.timeout.ms",
			"group.initial.rebalance.delay.ms", "group.consumer.session.timeout.ms",
			"group.consumer.heartbeat.interval.ms", "socket.request.max.bytes", "advertised.listeners",
			"inter.broker.protocol.version");

	private static final Map<String, Foreign> DICTIONARY = dictionary();

	private ForeignKeys() {
	}

	/** Whether it is a setting of topics or brokers. */
	static boolean ofCluster(String key) {
		return TOPIC.contains(key) || BROKER.contains(key);
	}

	/** What is known of a key that is none of the Java clients of today. */
	static Optional<Foreign> find(String key) {
		return Optional.ofNullable(DICTIONARY.get(key));
	}

	/** All keys that {@link #find} knows. */
	static Set<String> keys() {
		return DICTIONARY.keySet();
	}

	private static Map<String, Foreign> dictionary() {
		Map<String, Foreign> foreign = new HashMap<>();
		renamed(foreign, "sasl.mechanisms", "sasl.mechanism", "It is the spelling of librdkafka.");
		renamed(foreign, "metadata.broker.list", "bootstrap.servers",
				"It is the name in librdkafka and old producers.");
		renamed(foreign, "broker.list", "bootstrap.servers", "It is an option of the console tools.");
		renamed(foreign, "queue.buffering.max.ms", "linger.ms", "It is the name in librdkafka.");
		renamed(foreign, "queue.buffering.max.kbytes", "buffer.memory",
				"It is the name in librdkafka; Java counts bytes.");
		renamed(foreign, "message.send.max.retries", "retries",
				"It is the name in librdkafka; in Java 'delivery.timeout.ms' is the better bound.");
		renamed(foreign, "request.required.acks", "acks", "It is the name in librdkafka.");
		renamed(foreign, "compression.codec", "compression.type", "It is the name in librdkafka.");
		renamed(foreign, "batch.num.messages", "batch.size", "It is the name in librdkafka; Java counts bytes.");
		renamed(foreign, "message.timeout.ms", "delivery.timeout.ms", "It is the name in librdkafka.");
		renamed(foreign, "socket.timeout.ms", "request.timeout.ms", "It is the name in librdkafka.");
		renamed(foreign, "auto.commit.enable", "enable.auto.commit", "It is the name in consumers long gone.");
		renamed(foreign, "auto.reset.offset", "auto.offset.reset", "The words are mixed up.");
		renamed(foreign, "transaction.id", "transactional.id",
				"With Spring it is set by 'spring.kafka.producer.transaction-id-prefix'.");
		renamed(foreign, "max.in.flight.per.connection", "max.in.flight.requests.per.connection",
				"It is the name in librdkafka.");
		foreign(foreign, "In Java it is a part of 'sasl.jaas.config'.", "sasl.username", "sasl.password");
		foreign(foreign,
				"It is a setting of librdkafka; Java takes 'ssl.truststore.*', 'ssl.keystore.*' or an SSL bundle.",
				"ssl.ca.location", "ssl.certificate.location", "ssl.key.location");
		foreign(foreign, "It is a setting of librdkafka that Java does not have.", "queue.buffering.max.messages",
				"enable.auto.offset.store", "enable.partition.eof", "statistics.interval.ms", "debug",
				"broker.address.family", "log.connection.close", "socket.keepalive.enable");
		removed(foreign, "The consumer before 0.9 read it; it was removed with that consumer.", "offset.store.method",
				"offsets.storage", "dual.commit.enabled", "zookeeper.connect", "zookeeper.session.timeout.ms",
				"consumer.timeout.ms", "rebalance.max.retries", "fetch.message.max.bytes");
		removed(foreign, "Removed in 0.11; 'max.block.ms' and 'request.timeout.ms' replace it.", "block.on.buffer.full",
				"metadata.fetch.timeout.ms", "timeout.ms");
		removed(foreign, "Removed in 4.0; list 'org.apache.kafka.common.metrics.JmxReporter' in 'metric.reporters'.",
				"auto.include.jmx.reporter");
		return Map.copyOf(foreign);
	}

	private static void renamed(Map<String, Foreign> foreign, String key, String equivalent, String comment) {
		foreign.put(key, new Foreign(comment, equivalent, Severity.WARNING));
	}

	private static void foreign(Map<String, Foreign> foreign, String comment, String... keys) {
		List.of(keys).forEach((key) -> foreign.put(key, new Foreign(comment, null, Severity.WARNING)));
	}

	private static void removed(Map<String, Foreign> foreign, String comment, String... keys) {
		List.of(keys).forEach((key) -> foreign.put(key, new Foreign(comment, null, Severity.INFO)));
	}

	/**
	 * What is known of a key.
	 *
	 * @param comment where it comes from and what to do, full sentences
	 * @param equivalent key of the Java clients that does the same, or {@code null}
	 * @param severity how bad it is to use it
	 */
	record Foreign(String comment, @Nullable String equivalent, Severity severity) {

	}

}
