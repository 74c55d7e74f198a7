package io.github.kafkaguardrails.samples.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

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

	/**
	 * Create the topic and fill it, partitions in turn.
	 * @throws IllegalStateException when a record could not be written
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the callback sees what goes wrong
	static Workload prepare(String bootstrapServers, BenchmarkOptions options)
			throws ExecutionException, InterruptedException {
		createTopics(bootstrapServers, List.of(new NewTopic(TOPIC, options.partitions(), (short) 1)));
		byte[] value = new byte[options.recordSize()];
		new Random(42).nextBytes(value);
		AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
		try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 5,
						ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			for (int i = 0; i < options.records(); i++) {
				producer.send(new ProducerRecord<>(TOPIC, i % options.partitions(), null, value), (metadata, ex) -> {
					if (ex != null) {
						failure.set(ex);
					}
				});
			}
		}
		if (failure.get() != null) {
			throw new IllegalStateException("The topic could not be filled", failure.get());
		}
		return new Workload(bootstrapServers, TOPIC, options.records());
	}

	static void createTopics(String bootstrapServers, List<NewTopic> topics)
			throws ExecutionException, InterruptedException {
		try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
			admin.createTopics(topics).all().get();
		}
	}

}
