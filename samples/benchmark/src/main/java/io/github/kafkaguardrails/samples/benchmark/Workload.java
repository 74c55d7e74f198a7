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

	/** The keys of records are the numbers up to this one, in turn. */
	static final int KEYS = 2000;

	/** A topic of records without keys, partitions in turn. */
	static Workload withoutKeys(String bootstrapServers, BenchmarkOptions options)
			throws ExecutionException, InterruptedException {
		return prepare(bootstrapServers, TOPIC, options.records(), options, (number) -> null);
	}

	/** A topic of records with keys, partitions in turn. */
	static Workload withKeys(String bootstrapServers, BenchmarkOptions options, String topic, int records)
			throws ExecutionException, InterruptedException {
		return prepare(bootstrapServers, topic, records, options,
				(number) -> ByteBuffer.allocate(Integer.BYTES).putInt(number % KEYS).array());
	}

	/**
	 * Create a topic and fill it.
	 * @throws IllegalStateException when a record could not be written
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the callback sees what goes wrong
	private static Workload prepare(String bootstrapServers, String topic, int records, BenchmarkOptions options,
			IntFunction<byte @Nullable []> key) throws ExecutionException, InterruptedException {
		createTopics(bootstrapServers, List.of(new NewTopic(topic, options.partitions(), (short) 1)));
		byte[] value = new byte[options.recordSize()];
		new Random(42).nextBytes(value);
		AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
		try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 5,
						ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			for (int i = 0; i < records; i++) {
				// a key stays in its partition
				int partition = i % KEYS % options.partitions();
				producer.send(new ProducerRecord<>(topic, partition, key.apply(i), value), (metadata, ex) -> {
					if (ex != null) {
						failure.set(ex);
					}
				});
			}
		}
		if (failure.get() != null) {
			throw new IllegalStateException("The topic could not be filled", failure.get());
		}
		return new Workload(bootstrapServers, topic, records);
	}

	static void createTopics(String bootstrapServers, List<NewTopic> topics)
			throws ExecutionException, InterruptedException {
		try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
			admin.createTopics(topics).all().get();
		}
	}

}
