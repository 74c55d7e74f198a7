package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/** Batch listeners that tell which record failed, that acknowledge, that nack. */
class BatchListenerIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final byte[] POISON = { (byte) 0xFF, 0x00, (byte) 0xFE };

	private final TestBroker broker = TestBroker.get();

	@ParameterizedTest
	@ValueSource(strings = { "batch", "manual", "manual_immediate" })
	void accountsForEveryRecordOfSeveralPartitions(String ackMode) {
		String topic = this.broker.topic("batches", 3);
		String group = "group-" + topic;
		for (int partition = 0; partition < 3; partition++) {
			for (String value : List.of("ok-1", "flaky:1-a", "ok-2", "fail-1", "ok-3", "fatal-1", "ok-4")) {
				send(topic, partition, bytes(value + "-" + partition));
			}
		}
		String listener = ackMode.equals("batch") ? "indexed" : "indexed-manual";
		try (ListenerApplication application = start(topic, group, listener, Map.of(), ackMode)) {
			for (int partition = 0; partition < 3; partition++) {
				awaitOffset(group, topic, partition, 7);
			}
			for (int p = 0; p < 3; p++) {
				String partition = "-" + p;
				assertThat(application.deliveries.succeeded.stream().filter((value) -> value.endsWith(partition)))
					.as("order of partition %d", p)
					.containsSubsequence("ok-1" + partition, "flaky:1-a" + partition, "ok-2" + partition,
							"ok-3" + partition, "ok-4" + partition);
				assertThat(application.deliveries.count("fail-1" + partition)).isEqualTo(4);
				assertThat(application.deliveries.count("fatal-1" + partition)).isEqualTo(1);
			}
			assertThat(deadLetters(topic, group)).containsExactlyInAnyOrder("fail-1-0", "fatal-1-0", "fail-1-1",
					"fatal-1-1", "fail-1-2", "fatal-1-2");
		}
	}

	@Test
	void findsTheFailedRecordBehindAPoisonPill() {
		String topic = this.broker.topic("batches", 1);
		String group = "group-" + topic;
		Stream.of(POISON, bytes("ok-1"), bytes("fail-1"), bytes("ok-2")).forEach((value) -> send(topic, 0, value));
		try (ListenerApplication application = start(topic, group, "indexed", poisonable(), "batch")) {
			awaitOffset(group, topic, 0, 4);
			assertThat(deadLetters(topic, group)).containsExactly(text(POISON), "fail-1");
			assertThat(application.deliveries.succeeded).containsExactly("ok-1", "ok-2");
		}
	}

	@Test
	void deadLettersAPoisonPillOnceWhenTheRestOfItsBatchFails() {
		String topic = this.broker.topic("batches", 1);
		String group = "group-" + topic;
		Stream.of(bytes("fail-1"), POISON, bytes("ok-1")).forEach((value) -> send(topic, 0, value));
		try (ListenerApplication application = start(topic, group, "silent", poisonable(), "batch")) {
			awaitOffset(group, topic, 0, 3);
			assertThat(deadLetters(topic, group)).containsExactly(text(POISON), "fail-1", "ok-1");
			assertThat(application.deliveries.count("fail-1")).isEqualTo(4);
		}
	}

	@ParameterizedTest(name = "{0} listener, acknowledges {1}")
	@CsvSource({ "indexed, batch", "indexed-manual, manual", "indexed-manual, manual_immediate", "silent, batch" })
	void deadLettersAPoisonPillAtTheEndOnce(String listener, String ackMode) {
		String topic = this.broker.topic("batches", 2);
		String group = "group-" + topic;
		send(topic, 0, bytes("ok-1"));
		send(topic, 0, POISON);
		send(topic, 0, POISON);
		send(topic, 1, POISON);
		Map<String, Object> properties = poisonable();
		if (listener.equals("silent")) {
			properties.put("spring.kafka.producer.transaction-id-prefix", "tx-" + System.nanoTime() + "-");
		}
		for (int run = 1; run <= 2; run++) {
			try (ListenerApplication application = start(topic, group, listener, properties, ackMode)) {
				awaitOffset(group, topic, 0, 3);
				awaitOffset(group, topic, 1, 1);
				assertThat(deadLetters(topic, group)).as("dead letters of run %d", run).hasSize(3);
				assertThat(application.container("main").isInExpectedState()).isTrue();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "manual", "manual_immediate" })
	void deliversWhatARetriedBatchRejects(String ackMode) {
		String topic = this.broker.topic("batches", 1);
		String group = "group-" + topic;
		Stream.of("ok-1", "ok-2", "ok-3").forEach((value) -> send(topic, 0, bytes(value)));
		try (ListenerApplication application = start(topic, group, "nacking", Map.of(), ackMode)) {
			awaitOffset(group, topic, 0, 3);
			assertThat(application.deliveries.succeeded).containsExactly("ok-1", "ok-2", "ok-3");
			assertThat(deadLetters(topic, group)).isEmpty();
		}
	}

	@Test
	void doesNotCommitWhatARetriedBatchHasNotAcknowledged() {
		String topic = this.broker.topic("batches", 1);
		String group = "group-" + topic;
		Stream.of("flaky:1-a", "ok-1").forEach((value) -> send(topic, 0, bytes(value)));
		try (ListenerApplication application = start(topic, group, "silent", Map.of(), "manual")) {
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.contains("ok-1"));
		}
		assertThat(this.broker.committed(group, topic, 0)).isZero();
	}

	private ListenerApplication start(String topic, String group, String listener, Map<String, Object> more,
			String ackMode) {
		Map<String, Object> properties = new LinkedHashMap<>(more);
		properties.put("spring.kafka.listener.ack-mode", ackMode);
		properties.put("kafka.guardrails.enforcement", "warn");
		return new ListenerApplication(new ListenerApplication.Deliveries(), topic, group, listener, properties,
				Listeners.class);
	}

	private static Map<String, Object> poisonable() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("spring.kafka.consumer.value-deserializer", ErrorHandlingDeserializer.class.getName());
		properties.put("spring.kafka.consumer.properties.spring.deserializer.value.delegate.class",
				StrictDeserializer.class.getName());
		return properties;
	}

	private void awaitOffset(String group, String topic, int partition, long offset) {
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(this.broker.committed(group, topic, partition)).isEqualTo(offset));
	}

	private List<String> deadLetters(String topic, String group) {
		return this.broker.records(topic + "-" + group + "-dlt")
			.stream()
			.map((record) -> text(record.value()))
			.toList();
	}

	private void send(String topic, int partition, byte[] value) {
		this.broker.send(new ProducerRecord<>(topic, partition, bytes("key"), value));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	/** Refuses what is not text. */
	public static final class StrictDeserializer extends StringDeserializer {

		@Override
		public String deserialize(String topic, byte[] data) {
			if (data[0] == POISON[0]) {
				throw new IllegalArgumentException("not text");
			}
			return super.deserialize(topic, data);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "indexed")
		IndexedListener indexedListener(ListenerApplication.Deliveries deliveries) {
			return new IndexedListener(deliveries);
		}

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "indexed-manual")
		ManualListener manualBatchListener(ListenerApplication.Deliveries deliveries) {
			return new ManualListener(new IndexedListener(deliveries));
		}

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "silent")
		SilentListener silentListener(ListenerApplication.Deliveries deliveries) {
			return new SilentListener(deliveries);
		}

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "nacking")
		NackingListener nackingListener(ListenerApplication.Deliveries deliveries) {
			return new NackingListener(deliveries);
		}

	}

	/** Tells the index of the record that failed. */
	record IndexedListener(ListenerApplication.Deliveries deliveries) {

		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}", batch = "true")
		void listen(List<String> values) {
			for (int i = 0; i < values.size(); i++) {
				try {
					this.deliveries.deliver(values.get(i));
				}
				catch (RuntimeException ex) {
					throw new BatchListenerFailedException("failed", ex, i);
				}
			}
		}

	}

	/** Tells the index of the record that failed, and acknowledges. */
	record ManualListener(IndexedListener indexed) {

		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}", batch = "true")
		void listen(List<String> values, Acknowledgment acknowledgment) {
			this.indexed.listen(values);
			acknowledgment.acknowledge();
		}

	}

	/** Never acknowledges. */
	record SilentListener(ListenerApplication.Deliveries deliveries) {

		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}", batch = "true")
		void listen(List<ConsumerRecord<String, String>> records) {
			records.forEach((record) -> this.deliveries.deliver(record.value()));
		}

	}

	/** Fails first, then rejects all but the first record, then does its work. */
	record NackingListener(ListenerApplication.Deliveries deliveries) {

		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}", batch = "true")
		void listen(List<String> values, Acknowledgment acknowledgment) {
			this.deliveries.values.add("call");
			if (this.deliveries.count("call") == 1) {
				throw new IllegalStateException("for a while");
			}
			if (this.deliveries.count("call") == 2) {
				this.deliveries.deliver(values.get(0));
				acknowledgment.nack(1, Duration.ofMillis(10));
				return;
			}
			values.forEach(this.deliveries::deliver);
			acknowledgment.acknowledge();
		}

	}

}
