package io.github.kafkaguardrails.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * A real broker in this JVM, started once for all integration tests, with the few
 * operations that they need. Tests use topics of their own.
 */
public final class TestBroker {

	private static final TestBroker INSTANCE = new TestBroker();

	private final EmbeddedKafkaKraftBroker broker;

	private final Admin admin;

	private final KafkaProducer<byte[], byte[]> producer;

	private TestBroker() {
		this.broker = new EmbeddedKafkaKraftBroker(1, 1);
		this.broker.brokerProperties(Map.of("group.consumer.min.heartbeat.interval.ms", "200",
				"group.consumer.heartbeat.interval.ms", "200"));
		this.broker.brokerProperties(Map.of("transaction.state.log.replication.factor", "1",
				"transaction.state.log.min.isr", "1", "offsets.topic.num.partitions", "1",
				"transaction.state.log.num.partitions", "1", "group.initial.rebalance.delay.ms", "0",
				"auto.create.topics.enable", "false", "group.coordinator.rebalance.protocols", "classic,consumer"));
		this.broker.afterPropertiesSet();
		Map<String, Object> config = Map.of("bootstrap.servers", this.broker.getBrokersAsString());
		this.admin = Admin.create(config);
		this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
		Runtime.getRuntime().addShutdownHook(new Thread(this.broker::destroy));
	}

	public static TestBroker get() {
		return INSTANCE;
	}

	public String bootstrapServers() {
		return this.broker.getBrokersAsString();
	}

	/** Create a topic with a name that no other test has. */
	public String topic(String prefix, int partitions) {
		return topic(prefix, partitions, Map.of());
	}

	/** Create a topic with a name that no other test has. */
	public String topic(String prefix, int partitions, Map<String, String> configs) {
		String topic = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
		create(topic, partitions, configs);
		return topic;
	}

	public void create(String topic, int partitions, Map<String, String> configs) {
		await(() -> this.admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configs)))
			.all()
			.get(30, TimeUnit.SECONDS));
		// the controller has it; the broker learns of it later
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20))
			.ignoreExceptions()
			.until(() -> this.admin.describeTopics(List.of(topic))
				.allTopicNames()
				.get(30, TimeUnit.SECONDS)
				.size() == 1);
	}

	public Admin admin() {
		return this.admin;
	}

	public Set<String> topics() {
		return await(() -> this.admin.listTopics().names().get(30, TimeUnit.SECONDS));
	}

	public void send(ProducerRecord<byte[], byte[]> record) {
		await(() -> this.producer.send(record).get(30, TimeUnit.SECONDS));
	}

	/** All records of a topic, in the order of their partitions and offsets. */
	public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
		Map<String, Object> config = new HashMap<>();
		config.put("bootstrap.servers", bootstrapServers());
		config.put("isolation.level", "read_committed");
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		if (!topics().contains(topic)) {
			return records;
		}
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor(topic)
				.stream()
				.map((info) -> new TopicPartition(topic, info.partition()))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (partitions.stream().anyMatch((partition) -> consumer.position(partition) < ends.get(partition))) {
				consumer.poll(Duration.ofMillis(100)).forEach(records::add);
			}
		}
		return records;
	}

	/** Committed offset of a partition, 0 when there is none. */
	public long committed(String group, String topic, int partition) {
		Map<TopicPartition, OffsetAndMetadata> offsets = await(() -> this.admin.listConsumerGroupOffsets(group)
			.partitionsToOffsetAndMetadata()
			.get(30, TimeUnit.SECONDS));
		OffsetAndMetadata offset = offsets.get(new TopicPartition(topic, partition));
		return (offset != null) ? offset.offset() : 0;
	}

	private static <T> T await(KafkaCall<T> call) {
		try {
			return call.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface KafkaCall<T> {

		T get() throws InterruptedException, ExecutionException, TimeoutException;

	}

}
