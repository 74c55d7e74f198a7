package io.github.kafkaguardrails.samples.benchmark;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic that holds the records which every contender consumes from the beginning.
 *
 * @param bootstrapServers where the broker is
 * @param topic name of the topic
 * @param records number of records in it
 */
record Workload(String bootstrapServers, String topic, int records) {

	private static final String TOPIC = "benchmark";

	private static final int ATTEMPTS = 3;

	/** The keys of records are the numbers up to this one, in turn. */
	static final int KEYS = 2000;

	/** A topic of records without keys, partitions in turn. */
	static Workload withoutKeys(String bootstrapServers, BenchmarkOptions options)
			throws ExecutionException, InterruptedException {
		return of(bootstrapServers, TOPIC, options.records(), options.partitions(), options.recordSize(),
				(number) -> null);
	}

	/** A topic of records with keys, partitions in turn. */
	static Workload withKeys(String bootstrapServers, BenchmarkOptions options, String topic, int records)
			throws ExecutionException, InterruptedException {
		return of(bootstrapServers, topic, records, options.partitions(), options.recordSize(),
				(number) -> ByteBuffer.allocate(Integer.BYTES).putInt(number % KEYS).array());
	}

	/**
	 * Create a topic and fill it. Now and then the broker stores a batch and never
	 * acknowledges it; another topic is filled then.
	 * @param key key of a record by its number
	 * @throws IllegalStateException when a record could not be written, time and again
	 */
	static Workload of(String bootstrapServers, String topic, int records, int partitions, int recordSize,
			IntFunction<byte @Nullable []> key) throws ExecutionException, InterruptedException {
		Exception failure = null;
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Workload workload = new Workload(bootstrapServers, (attempt == 0) ? topic : topic + "." + attempt, records);
			createTopics(bootstrapServers, List.of(new NewTopic(workload.topic, partitions, (short) 1)));
			failure = workload.fill(partitions, recordSize, key);
			if (failure == null) {
				return workload;
			}
		}
		throw new IllegalStateException("The topic could not be filled", failure);
	}

	/** What went wrong, or {@code null}. */
	@SuppressWarnings("FutureReturnValueIgnored") // the callback sees what goes wrong
	private @Nullable Exception fill(int partitions, int recordSize, IntFunction<byte @Nullable []> key) {
		byte[] value = new byte[recordSize];
		new Random(42).nextBytes(value);
		AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
		try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, this.bootstrapServers, ProducerConfig.LINGER_MS_CONFIG,
						5, ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5000,
						ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			for (int i = 0; i < this.records; i++) {
				// a key stays in its partition
				int partition = i % KEYS % partitions;
				producer.send(new ProducerRecord<>(this.topic, partition, key.apply(i), value), (metadata, ex) -> {
					if (ex != null) {
						failure.set(ex);
					}
				});
			}
		}
		return failure.get();
	}

	/** Delete the topic, and those that were made for its failing records. */
	void delete() throws ExecutionException, InterruptedException {
		try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, this.bootstrapServers))) {
			List<String> topics = admin.listTopics()
				.names()
				.get()
				.stream()
				.filter((name) -> name.equals(this.topic) || name.startsWith(this.topic + "-"))
				.toList();
			admin.deleteTopics(topics).all().get();
		}
	}

	static void createTopics(String bootstrapServers, List<NewTopic> topics)
			throws ExecutionException, InterruptedException {
		try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
			admin.createTopics(topics).all().get();
		}
	}

}
