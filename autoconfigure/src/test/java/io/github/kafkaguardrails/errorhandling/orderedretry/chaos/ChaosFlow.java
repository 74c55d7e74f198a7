package io.github.kafkaguardrails.errorhandling.orderedretry.chaos;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

import io.github.kafkaguardrails.errorhandling.orderedretry.chaos.Ledger.Source;

/**
 * Sends records at a steady rate and keeps what was acknowledged. One key in a hundred
 * has records that fail: for a while, and a few of them for ever.
 */
final class ChaosFlow implements AutoCloseable {

	private static final int KEYS = 500;

	private static final int RECORDS_PER_TICK = 10;

	private static final long TICK_MILLIS = 20;

	private final Random random;

	private final KafkaProducer<String, String> producer;

	private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor();

	private final Collection<Source> sent = new ConcurrentLinkedQueue<>();

	ChaosFlow(String bootstrapServers, long seed) {
		this.random = new Random(seed);
		this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(),
				new StringSerializer());
	}

	void start() {
		Future<?> unused = this.clockwork.scheduleAtFixedRate(() -> {
			for (int i = 0; i < RECORDS_PER_TICK; i++) {
				send();
			}
		}, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void send() {
		int number = this.random.nextInt(KEYS);
		String key = "key-" + number;
		long fails = (number % 100 == 0) ? failsUntil() : 0;
		Future<RecordMetadata> unused = this.producer
			.send(new ProducerRecord<>(ChaosInstance.TOPIC, key, Long.toString(fails)), (metadata, failure) -> {
				if (failure == null) {
					this.sent.add(new Source(metadata.partition(), metadata.offset(), key));
				}
			});
	}

	private long failsUntil() {
		if (this.random.nextInt(4) > 0) {
			return 0;
		}
		boolean always = this.random.nextInt(8) == 0;
		return always ? Long.MAX_VALUE : System.currentTimeMillis() + this.random.nextInt(4000);
	}

	/** End the flow. */
	Collection<Source> end() throws InterruptedException {
		this.clockwork.shutdown();
		this.clockwork.awaitTermination(10, TimeUnit.SECONDS);
		this.producer.flush();
		return this.sent;
	}

	@Override
	public void close() {
		this.clockwork.shutdownNow();
		this.producer.close(Duration.ofSeconds(5));
	}

}
