package io.github.kafkaguardrails.errorhandling;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of an ordered listener when it cannot park, or must not guess. */
class OrderedRetryOutcomesIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final TestBroker broker = TestBroker.get();

	private final String topic = this.broker.topic("ordered-outcomes", 1);

	private final String group = "group-" + this.topic;

	private final String parked = this.topic + "-" + this.group + "-parked";

	@Test
	void blocksWhenTheParkedTopicIsMissing() {
		send("a", "flaky:2-a1");
		send("a", "ok-a2");
		send("b", "ok-b1");
		try (ListenerApplication application = application(Map.of("kafka.guardrails.topics.provisioning", "verify"))) {
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.size() == 3);
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(this.group, this.topic, 0) == 3);
			assertThat(application.deliveries.values).containsExactly("flaky:2-a1", "flaky:2-a1", "flaky:2-a1", "ok-a2",
					"ok-b1");
		}
	}

	@Test
	void blocksForARecordThatIsTooLargeForTheParkedTopicAndParksTheOthers() {
		this.broker.create(this.parked, 1, Map.of("max.message.bytes", "2000"));
		String large = "flaky:2-" + "x".repeat(3000);
		send("a", large);
		send("b", "flaky:1-b1");
		send("c", "ok-c1");
		try (ListenerApplication application = application(Map.of())) {
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.size() == 3);
			assertThat(application.deliveries.values.subList(0, 4)).containsExactly(large, large, large, "flaky:1-b1");
		}
		assertThat(parkedValues()).containsExactly("flaky:1-b1");
	}

	@Test
	void stopsWhenSomebodyElseHasCommittedTheStateOfTheParkedTopic() throws Exception {
		this.broker.create(this.parked, 1, Map.of());
		this.broker.admin()
			.alterConsumerGroupOffsets(this.group,
					Map.of(new TopicPartition(this.parked, 0), new OffsetAndMetadata(0, "")))
			.all()
			.get(30, TimeUnit.SECONDS);
		send("a", "ok-a1");
		try (ListenerApplication application = application(Map.of())) {
			awaitStop(application);
			assertThat(application.deliveries.values).isEmpty();
		}
		assertThat(this.broker.committed(this.group, this.topic, 0)).isZero();
	}

	@Test
	void stopsWhenParkedRecordsAreGone() throws Exception {
		send("a", "flaky:1-a1");
		try (ListenerApplication application = application(
				Map.of("kafka.guardrails.listeners.main.retry.initial-interval", "1h",
						"kafka.guardrails.listeners.main.retry.max-interval", "1h"))) {
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(this.group, this.topic, 0) == 1);
			assertThat(application.deliveries.values).containsExactly("flaky:1-a1");
		}
		this.broker.admin()
			.deleteRecords(Map.of(new TopicPartition(this.parked, 0), RecordsToDelete.beforeOffset(1)))
			.all()
			.get(30, TimeUnit.SECONDS);
		send("a", "ok-a2");
		try (ListenerApplication application = application(Map.of())) {
			awaitStop(application);
			assertThat(application.deliveries.values).isEmpty();
		}
		assertThat(this.broker.committed(this.group, this.topic, 0)).isEqualTo(1);
	}

	@Test
	void blocksAtTheLimitOfParkedRecords() {
		send("a", "flaky:1-a1");
		send("a", "ok-a2");
		send("b", "ok-b1");
		try (ListenerApplication application = application(
				Map.of("kafka.guardrails.listeners.main.ordered.max-parked-records", "1",
						"kafka.guardrails.listeners.main.retry.initial-interval", "500ms",
						"kafka.guardrails.listeners.main.retry.max-interval", "500ms"))) {
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.size() == 3);
			assertThat(application.deliveries.values).containsExactly("flaky:1-a1", "flaky:1-a1", "ok-a2", "ok-b1");
		}
		assertThat(parkedValues()).containsExactly("flaky:1-a1");
	}

	@Test
	void doesNotParkTheTopicInAnOutage() {
		List<String> sent = new ArrayList<>();
		for (int i = 10; i < 22; i++) {
			sent.add("flaky:3-k" + i);
			send("k" + i, "flaky:3-k" + i);
		}
		try (ListenerApplication application = application(Map.of())) {
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.size() == sent.size());
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> this.broker.committed(this.group, this.topic, 0) == sent.size());
		}
		assertThat(parkedValues()).contains("flaky:3-k18").doesNotContain("flaky:3-k19");
	}

	@Test
	void deadLettersARecordThatCannotBeDeserializedInItsTurn() {
		send("a", "flaky:1-a1");
		send("a", "poison-a2");
		send("a", "ok-a3");
		send("b", "poison-b1");
		send("b", "ok-b2");
		try (ListenerApplication application = application(
				Map.of("spring.kafka.consumer.value-deserializer", PoisonDeserializer.class.getName()))) {
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.size() == 3);
			Awaitility.await().atMost(LIMIT).until(() -> deadLetters().size() == 2);
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(this.group, this.topic, 0) == 5);
			assertThat(application.deliveries.succeeded).containsSubsequence("flaky:1-a1", "ok-a3").contains("ok-b2");
		}
		assertThat(deadLetters()).containsExactlyInAnyOrder("poison-a2", "poison-b1");
	}

	@Test
	void retriesRecordsWithoutAKeyOneByOne() {
		this.broker.send(new ProducerRecord<>(this.topic, 0, null, "flaky:1-n1".getBytes(StandardCharsets.UTF_8)));
		this.broker.send(new ProducerRecord<>(this.topic, 0, null, "ok-n2".getBytes(StandardCharsets.UTF_8)));
		try (ListenerApplication application = application(
				Map.of("kafka.guardrails.listeners.main.retry.initial-interval", "300ms",
						"kafka.guardrails.listeners.main.retry.max-interval", "300ms"))) {
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.size() == 2);
			assertThat(application.deliveries.values).containsExactly("flaky:1-n1", "ok-n2", "flaky:1-n1");
		}
	}

	private static void awaitStop(ListenerApplication application) {
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> !application.container("main").isRunning()
					&& !application.container("main").isInExpectedState());
	}

	private ListenerApplication application(Map<String, Object> properties) {
		Map<String, Object> all = new HashMap<>(properties);
		all.put("kafka.guardrails.listeners.main.retry.mode", "ordered");
		return new ListenerApplication(this.topic, this.group, "record", all);
	}

	private List<String> parkedValues() {
		return values(this.parked);
	}

	private List<String> deadLetters() {
		return values(this.topic + "-" + this.group + "-dlt");
	}

	private List<String> values(String from) {
		return this.broker.records(from)
			.stream()
			.map((record) -> new String(record.value(), StandardCharsets.UTF_8))
			.toList();
	}

	private void send(String key, String value) {
		this.broker.send(new ProducerRecord<>(this.topic, 0, key.getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8)));
	}

	/** Cannot read some values. */
	public static final class PoisonDeserializer extends StringDeserializer {

		@Override
		public String deserialize(String topic, byte[] data) {
			String text = super.deserialize(topic, data);
			if (text.startsWith("poison")) {
				throw new SerializationException("poison");
			}
			return text;
		}

		@Override
		public String deserialize(String topic, Headers headers, ByteBuffer data) {
			byte[] bytes = new byte[data.remaining()];
			data.duplicate().get(bytes);
			return deserialize(topic, bytes);
		}

	}

}
