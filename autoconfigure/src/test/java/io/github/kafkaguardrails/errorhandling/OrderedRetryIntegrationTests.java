package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/** A failing record waits with its key, everybody else goes on. */
class OrderedRetryIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final TestBroker broker = TestBroker.get();

	private final String topic = this.broker.topic("ordered", 1);

	private final String group = "group-" + this.topic;

	@Test
	void retriesAFailingRecordBeforeTheLaterOnesOfItsKey() {
		send("a", "flaky:2-a1");
		send("b", "ok-b1");
		send("a", "ok-a2");
		send("b", "ok-b2");
		try (ListenerApplication application = application(Map.of())) {
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.size() == 4);
			assertThat(application.deliveries.succeeded).containsSubsequence("flaky:2-a1", "ok-a2")
				.containsSubsequence("ok-b1", "ok-b2", "flaky:2-a1");
			assertThat(application.deliveries.values).hasSize(6);
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(this.group, this.topic, 0) == 4);
		}
		assertThat(this.broker.records(this.topic + "-" + this.group + "-parked")).hasSize(2);
		try (ListenerApplication application = application(Map.of())) {
			send("a", "ok-a3");
			Awaitility.await().atMost(LIMIT).until(() -> !application.deliveries.values.isEmpty());
			assertThat(application.deliveries.values).containsExactly("ok-a3");
		}
	}

	@Test
	void goesOnWithWhatIsParkedAfterARestart() {
		send("a", "flaky:1-a1");
		send("b", "ok-b1");
		send("a", "ok-a2");
		Map<String, Object> slow = Map.of("kafka.guardrails.listeners.main.retry.initial-interval", "1h",
				"kafka.guardrails.listeners.main.retry.max-interval", "1h");
		ListenerApplication.Deliveries deliveries = new ListenerApplication.Deliveries();
		try (ListenerApplication application = application(deliveries, slow)) {
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.contains("ok-b1"));
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(this.group, this.topic, 0) == 3);
		}
		assertThat(deliveries.values).containsExactly("flaky:1-a1", "ok-b1");
		send("a", "ok-a3");
		try (ListenerApplication application = application(deliveries, Map.of())) {
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.size() == 4);
		}
		assertThat(deliveries.values).isEqualTo(List.of("flaky:1-a1", "ok-b1", "flaky:1-a1", "ok-a2", "ok-a3"));
	}

	private ListenerApplication application(Map<String, Object> properties) {
		return application(new ListenerApplication.Deliveries(), properties);
	}

	private ListenerApplication application(ListenerApplication.Deliveries deliveries, Map<String, Object> properties) {
		Map<String, Object> all = new HashMap<>(properties);
		all.put("kafka.guardrails.listeners.main.retry.mode", "ordered");
		return new ListenerApplication(deliveries, this.topic, this.group, "record", all);
	}

	private void send(String key, String value) {
		this.broker.send(new ProducerRecord<>(this.topic, 0, key.getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8)));
	}

}
