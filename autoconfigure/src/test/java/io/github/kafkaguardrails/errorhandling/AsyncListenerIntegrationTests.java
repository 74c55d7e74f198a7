package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/** Listeners that return a future, with several failures in flight. */
class AsyncListenerIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final TestBroker broker = TestBroker.get();

	@ParameterizedTest(name = "concurrency {0}")
	@ValueSource(ints = { 1, 3 })
	void accountsForSeveralFailuresInFlight(int concurrency) {
		String topic = this.broker.topic("async", 3);
		String group = "group-" + topic;
		for (int partition = 0; partition < 3; partition++) {
			for (String value : List.of("fail-1", "ok-1", "flaky:1-a", "fail-2", "flaky:2-b", "ok-2", "fail-3")) {
				send(topic, partition, value + "-" + partition);
			}
		}
		try (ListenerApplication application = new ListenerApplication(topic, group, "future",
				Map.of("test.concurrency", concurrency))) {
			for (int partition = 0; partition < 3; partition++) {
				awaitOffset(group, topic, partition, 7);
			}
			assertThat(application.container("main").isInExpectedState()).isTrue();
			assertThat(deadLetters(topic, group)).containsExactlyInAnyOrder("fail-1-0", "fail-2-0", "fail-3-0",
					"fail-1-1", "fail-2-1", "fail-3-1", "fail-1-2", "fail-2-2", "fail-3-2");
			for (int partition = 0; partition < 3; partition++) {
				assertThat(application.deliveries.succeeded).contains("ok-1-" + partition, "ok-2-" + partition,
						"flaky:1-a-" + partition, "flaky:2-b-" + partition);
				assertThat(application.deliveries.count("ok-1-" + partition)).isEqualTo(1);
				assertThat(application.deliveries.count("fail-1-" + partition)).isEqualTo(4);
				assertThat(application.deliveries.count("fail-3-" + partition)).isEqualTo(4);
				assertThat(application.deliveries.count("flaky:2-b-" + partition)).isEqualTo(3);
			}
		}
	}

	@Test
	void losesNoFailedRecordWhenItStopsDuringTheirPauses() {
		String topic = this.broker.topic("async", 2);
		String group = "group-" + topic;
		send(topic, 0, "flaky:1-a");
		send(topic, 0, "ok-1");
		send(topic, 1, "ok-2");
		send(topic, 1, "flaky:1-b");
		send(topic, 1, "ok-3");
		ListenerApplication.Deliveries deliveries = new ListenerApplication.Deliveries();
		Map<String, Object> slow = Map.of("kafka.guardrails.listeners.main.retry.initial-interval", "1m",
				"kafka.guardrails.listeners.main.retry.max-interval", "1m");
		try (ListenerApplication application = new ListenerApplication(deliveries, topic, group, "future", slow)) {
			Awaitility.await().atMost(LIMIT).until(() -> deliveries.values.size() == 5);
			awaitOffset(group, topic, 1, 1);
			assertThat(application.container("main").isRunning()).isTrue();
		}
		assertThat(this.broker.committed(group, topic, 0)).isZero();
		assertThat(this.broker.committed(group, topic, 1)).isEqualTo(1);
		try (ListenerApplication application = new ListenerApplication(deliveries, topic, group, "future", Map.of())) {
			awaitOffset(group, topic, 0, 2);
			awaitOffset(group, topic, 1, 3);
			assertThat(application.deliveries.succeeded).contains("flaky:1-a", "flaky:1-b");
			assertThat(deadLetters(topic, group)).isEmpty();
		}
	}

	@Test
	void keepsItsPlaceWhenTheDeadLetterTopicCannotBeWritten() {
		String topic = this.broker.topic("async", 2);
		String group = "group-" + topic;
		send(topic, 0, "ok-1");
		send(topic, 0, "fail-1");
		send(topic, 0, "ok-2");
		send(topic, 1, "fail-2");
		try (ListenerApplication application = new ListenerApplication(topic, group, "future",
				Map.of("kafka.guardrails.topics.provisioning", "verify"))) {
			Awaitility.await().atMost(LIMIT).until(() -> !application.container("main").isInExpectedState());
			Awaitility.await().atMost(LIMIT).until(() -> !application.container("main").isChildRunning());
			assertThat(application.deliveries.count("fail-1")).isEqualTo(4);
		}
		assertThat(this.broker.committed(group, topic, 0)).isEqualTo(1);
		assertThat(this.broker.committed(group, topic, 1)).isZero();
	}

	private void awaitOffset(String group, String topic, int partition, long offset) {
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(this.broker.committed(group, topic, partition)).isEqualTo(offset));
	}

	private List<String> deadLetters(String topic, String group) {
		return this.broker.records(topic + "-" + group + "-dlt")
			.stream()
			.map((record) -> new String(record.value(), StandardCharsets.UTF_8))
			.toList();
	}

	private void send(String topic, int partition, String value) {
		this.broker.send(new ProducerRecord<>(topic, partition, "key".getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8)));
	}

}
