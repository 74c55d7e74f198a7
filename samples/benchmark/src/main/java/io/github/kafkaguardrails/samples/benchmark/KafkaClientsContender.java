package io.github.kafkaguardrails.samples.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A plain poll loop with one synchronous commit per poll.
 */
final class KafkaClientsContender implements Contender {

	private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);

	private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

	@Override
	public String name() {
		return "plain kafka-clients";
	}

	@Override
	public double consume(Workload workload) throws InterruptedException {
		FinishLine finishLine = new FinishLine(workload.records());
		Map<String, Object> config = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, workload.bootstrapServers(),
				ConsumerConfig.GROUP_ID_CONFIG, "kafka-clients-" + UUID.randomUUID(),
				ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest", ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			consumer.subscribe(List.of(workload.topic()));
			long lastRecord = System.nanoTime();
			while (!finishLine.reached()) {
				boolean empty = true;
				for (ConsumerRecord<byte[], byte[]> ignored : consumer.poll(POLL_TIMEOUT)) {
					finishLine.passed(1);
					empty = false;
				}
				lastRecord = requireProgress(empty, lastRecord);
				consumer.commitSync();
			}
		}
		return finishLine.await();
	}

	private static long requireProgress(boolean empty, long lastRecord) {
		long now = System.nanoTime();
		if (empty && now - lastRecord > LONGEST_SILENCE.toNanos()) {
			throw new IllegalStateException("No record arrived for " + LONGEST_SILENCE.toSeconds() + " s");
		}
		return empty ? lastRecord : now;
	}

}
