package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Metric;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners of every kind are handled, and those whose user has set something are left
 * alone.
 */
class ListenerKindsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final TestBroker broker = TestBroker.get();

	@Test
	void handlesAnApplicationThatSetsNothing() {
		String topic = this.broker.topic("kinds", 1);
		String group = "group-" + topic;
		send(topic, "fail-1", "ok-1");
		try (ListenerApplication application = new ListenerApplication(topic, group, "record",
				Map.of(ListenerApplication.UNSET, "true"))) {
			awaitSuccess(application, "ok-1");
			assertThat(application.deliveries.count("fail-1")).isEqualTo(4);
			assertThat(deadLetters(topic, group)).containsExactly("fail-1");
		}
	}

	@Test
	void leavesAnApplicationAloneWhenSafeDefaultsAreOff() {
		String topic = this.broker.topic("kinds", 1);
		String group = "group-" + topic;
		send(topic, "fail-1", "ok-1");
		try (ListenerApplication application = new ListenerApplication(topic, group, "record",
				Map.of(ListenerApplication.UNSET, "true", "kafka.guardrails.safe-defaults", "false"))) {
			awaitSuccess(application, "ok-1");
			assertThat(application.deliveries.count("fail-1")).isEqualTo(10);
			assertThat(this.broker.topics()).doesNotContain(topic + "-" + group + "-dlt");
		}
	}

	@Test
	void keepsGroupsOnOneTopicApart() {
		String topic = this.broker.topic("kinds", 1);
		send(topic, "fail-1", "ok-1");
		try (ListenerApplication application = new ListenerApplication(topic, "unused", "groups",
				Map.of("kafka.guardrails.listeners.default.retry.mode", "topic"))) {
			awaitSuccess(application, "ok-1");
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(deadLetters(topic, topic + "-first")).containsExactly("fail-1"));
			assertThat(application.deliveries.count("fail-1")).isEqualTo(4);
			assertThat(application.deliveries.count("second:fail-1")).isEqualTo(1);
			assertThat(this.broker.records(topic + "-" + topic + "-second-retry-0")).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "blocking", "topic" })
	void keepsItsTopicsAwayFromAPattern(String mode) {
		String topic = this.broker.topic("kinds", 1);
		String group = "group-" + topic;
		send(topic, "fail-1", "ok-1");
		try (ListenerApplication application = new ListenerApplication(topic, group, "pattern",
				Map.of("kafka.guardrails.topics.[" + topic + "*].retry.mode", mode,
						"spring.kafka.consumer.properties.metadata.max.age.ms", "500"))) {
			awaitSuccess(application, "ok-1");
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(deadLetters(topic, group)).containsExactly("fail-1"));
			// the listener has discovered its dead-letter topic and passed over it
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> this.broker.committed(group, topic + "-" + group + "-dlt", 0) == 1);
			assertThat(application.deliveries.count("fail-1")).isEqualTo(4);
			if (mode.equals("topic")) {
				assertThat(application.container("main-retry").getGroupId()).isEqualTo(group + "-retry");
			}
			assertThat(this.broker.topics()).noneMatch((name) -> name.endsWith("-dlt-" + group + "-dlt"));
		}
	}

	@Test
	void handlesListenersThatReturnAFuture() {
		String topic = this.broker.topic("kinds", 1);
		String group = "group-" + topic;
		send(topic, "fail-1", "flaky:1-a", "ok-1");
		try (ListenerApplication application = new ListenerApplication(topic, group, "future", Map.of())) {
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(application.deliveries.succeeded).contains("ok-1", "flaky:1-a"));
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(deadLetters(topic, group)).containsExactly("fail-1"));
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(group, topic, 0) == 3);
		}
	}

	@Test
	void handlesContainersOfTheUsersOwnFactory() {
		String topic = this.broker.topic("kinds", 1);
		String group = "group-" + topic;
		send(topic, "fail-1", "ok-1");
		try (ListenerApplication application = new ListenerApplication(topic, group, "own-factory", Map.of())) {
			awaitSuccess(application, "ok-1");
			assertThat(deadLetters(topic, group)).containsExactly("fail-1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "record", "retryable" })
	void leavesTheUsersHandlingAlone(String listener) {
		String topic = this.broker.topic("kinds", 1);
		String group = "group-" + topic;
		if (listener.equals("retryable")) {
			List.of("-retry", "-dlt").forEach((suffix) -> this.broker.create(topic + suffix, 1, Map.of()));
		}
		send(topic, "fail-1", "ok-1");
		try (ListenerApplication application = new ListenerApplication(topic, group, listener,
				listener.equals("record") ? Map.of("test.handler", "user") : Map.of())) {
			awaitSuccess(application, "ok-1");
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.count("user:fail-1") == 1);
			assertThat(application.deliveries.count("fail-1")).isEqualTo(2);
			assertThat(this.broker.topics()).doesNotContain(topic + "-" + group + "-dlt");
		}
	}

	@Test
	void retriesTheWholeBatchWhenNobodyTellsWhichRecordFailed() {
		String topic = this.broker.topic("kinds", 1);
		String group = "group-" + topic;
		send(topic, "ok-1", "fail-1", "ok-2");
		try (ListenerApplication application = new ListenerApplication(topic, group, "plain-batch", Map.of())) {
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(deadLetters(topic, group)).containsExactly("ok-1", "fail-1", "ok-2"));
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(group, topic, 0) == 3);
			assertThat(application.deliveries.count("fail-1")).isEqualTo(4);
			assertThat(application.deliveries.values).doesNotContain("ok-2");
		}
	}

	@Test
	void staysInTheGroupDuringABackOffLongerThanThePollInterval() {
		String topic = this.broker.topic("kinds", 1);
		String group = "group-" + topic;
		send(topic, "flaky:1-a", "ok-1");
		try (ListenerApplication application = new ListenerApplication(topic, group, "record",
				Map.of("kafka.guardrails.listeners.main.retry.initial-interval", "5s",
						"kafka.guardrails.listeners.main.retry.max-interval", "5s",
						"spring.kafka.consumer.max-poll-interval", "1s"))) {
			awaitSuccess(application, "ok-1");
			assertThat(rebalances(application.container("main"))).isEqualTo(1);
			assertThat(application.deliveries.values).containsExactly("flaky:1-a", "flaky:1-a", "ok-1");
		}
	}

	private static double rebalances(MessageListenerContainer container) {
		return container.metrics()
			.values()
			.stream()
			.flatMap((metrics) -> metrics.values().stream())
			.filter((metric) -> metric.metricName().name().equals("rebalance-total"))
			.map(Metric::metricValue)
			.mapToDouble((value) -> (double) value)
			.sum();
	}

	private static void awaitSuccess(ListenerApplication application, String value) {
		Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.contains(value));
	}

	private List<String> deadLetters(String topic, String group) {
		String deadLetters = topic + "-" + group + "-dlt";
		return Set.copyOf(this.broker.topics()).contains(deadLetters) ? this.broker.records(deadLetters)
			.stream()
			.map((record) -> new String(record.value(), StandardCharsets.UTF_8))
			.toList() : List.of();
	}

	private void send(String topic, String... values) {
		for (String value : values) {
			this.broker.send(new ProducerRecord<>(topic, 0, "key".getBytes(StandardCharsets.UTF_8),
					value.getBytes(StandardCharsets.UTF_8)));
		}
	}

}
