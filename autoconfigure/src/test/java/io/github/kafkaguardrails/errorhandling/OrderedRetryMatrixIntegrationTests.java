package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ordered retry with each group protocol, acknowledgment and ending: nothing is lost, the
 * order of each key is kept, later records of a key wait behind the failing one, other
 * keys do not, and a restart goes on where the last run ended.
 */
class OrderedRetryMatrixIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final int MAX_ATTEMPTS = 3;

	private final TestBroker broker = TestBroker.get();

	static Stream<Arguments> combinations() {
		List<Arguments> combinations = new ArrayList<>();
		for (String protocol : List.of("classic", "cooperative", "consumer")) {
			for (String ackMode : List.of("batch", "record", "manual")) {
				for (String ending : List.of("release", "park", "stop")) {
					combinations.add(Arguments.of(protocol, ackMode, ending));
				}
			}
		}
		combinations.add(Arguments.of("classic", "manual-immediate", "release"));
		combinations.add(Arguments.of("classic", "batch", "skip"));
		return combinations.stream();
	}

	@ParameterizedTest(name = "{0}, {1}, then {2}")
	@MethodSource("combinations")
	void keepsTheOrderOfEachKey(String protocol, String ackMode, String ending) {
		String topic = this.broker.topic("ordered-matrix", 2);
		String group = "group-" + topic;
		Map<String, Object> properties = properties(protocol, ackMode, ending);
		String listener = ackMode.startsWith("manual") ? "manual" : "record";
		List<String> sent = List.of("flaky:1-a1", "ok-b1", "fail-c1", "ok-a2", "ok-c2", "ok-b2", "fatal-d1", "ok-d2");
		sent.forEach((value) -> send(topic, 0, value));
		send(topic, 1, "ok-e1");
		ListenerApplication.Deliveries deliveries = new ListenerApplication.Deliveries();
		boolean released = ending.equals("release") || ending.equals("skip");
		List<String> succeeded = new ArrayList<>(List.of("flaky:1-a1", "ok-a2", "ok-b1", "ok-b2", "ok-e1"));
		if (released) {
			succeeded.addAll(List.of("ok-c2", "ok-d2"));
		}
		List<String> dead = switch (ending) {
			case "release" -> List.of("fail-c1", "fatal-d1");
			case "park" -> List.of("fail-c1", "ok-c2", "fatal-d1", "ok-d2");
			default -> List.of();
		};
		try (ListenerApplication application = new ListenerApplication(deliveries, topic, group, listener,
				properties)) {
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(application.deliveries.succeeded)
					.containsExactlyInAnyOrderElementsOf(succeeded));
			Awaitility.await().atMost(LIMIT).until(() -> deliveries.count("fail-c1") == MAX_ATTEMPTS);
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(group, topic, 0) == sent.size());
			Awaitility.await().atMost(LIMIT).until(() -> deadLetters(topic, group).size() == dead.size());
			assertThat(application.container("main").isRunning()).isTrue();
		}
		assertThat(deliveries.count("fatal-d1")).isEqualTo(1);
		assertThat(deliveries.values).hasSize(succeeded.size() + 1 + MAX_ATTEMPTS + 1);
		assertThat(deliveries.values).containsSubsequence("flaky:1-a1", "flaky:1-a1", "ok-a2")
			.containsSubsequence("ok-b1", "ok-b2");
		assertThat(deliveries.values.indexOf("ok-b2")).isLessThan(deliveries.values.lastIndexOf("fail-c1"));
		if (released) {
			assertThat(deliveries.values.indexOf("ok-c2")).isGreaterThan(deliveries.values.lastIndexOf("fail-c1"));
		}
		assertThat(deadLetters(topic, group)).containsExactlyInAnyOrderElementsOf(dead);
		if (ending.equals("park")) {
			assertThat(deadLetters(topic, group)).containsSubsequence("fail-c1", "ok-c2")
				.containsSubsequence("fatal-d1", "ok-d2");
		}
		restart(topic, group, listener, properties, ending);
	}

	private void restart(String topic, String group, String listener, Map<String, Object> properties, String ending) {
		send(topic, 0, "ok-c3");
		send(topic, 0, "ok-b3");
		ListenerApplication.Deliveries deliveries = new ListenerApplication.Deliveries();
		try (ListenerApplication application = new ListenerApplication(deliveries, topic, group, listener,
				properties)) {
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.contains("ok-b3"));
			switch (ending) {
				case "park" -> Awaitility.await().atMost(LIMIT).until(() -> deadLetters(topic, group).size() == 5);
				case "stop" -> Awaitility.await()
					.atMost(LIMIT)
					.until(() -> deliveries.values.containsAll(List.of("fail-c1", "fatal-d1")));
				default -> Awaitility.await().atMost(LIMIT).until(() -> deliveries.succeeded.contains("ok-c3"));
			}
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(group, topic, 0) == 10);
		}
		switch (ending) {
			case "park" -> assertThat(deliveries.values).containsExactly("ok-b3");
			case "stop" -> assertThat(deliveries.values).containsExactlyInAnyOrder("ok-b3", "fail-c1", "fatal-d1");
			default -> assertThat(deliveries.values).containsExactly("ok-c3", "ok-b3");
		}
	}

	private static Map<String, Object> properties(String protocol, String ackMode, String ending) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("kafka.guardrails.listeners.main.retry.mode", "ordered");
		properties.put("kafka.guardrails.listeners.main.retry.max-attempts", MAX_ATTEMPTS);
		properties.put("kafka.guardrails.listeners.main.retry.initial-interval", "50ms");
		properties.put("spring.kafka.listener.ack-mode", ackMode);
		switch (ending) {
			case "stop", "skip" -> properties.put("kafka.guardrails.listeners.main.then", ending);
			default -> properties.put("kafka.guardrails.listeners.main.ordered.after-dead-letter", ending);
		}
		switch (protocol) {
			case "consumer" -> properties.put("spring.kafka.consumer.properties[group.protocol]", "consumer");
			case "cooperative" -> properties.put("spring.kafka.consumer.properties[partition.assignment.strategy]",
					CooperativeStickyAssignor.class.getName());
			default -> assertThat(protocol).isEqualTo("classic");
		}
		return properties;
	}

	private List<String> deadLetters(String topic, String group) {
		return this.broker.records(topic + "-" + group + "-dlt")
			.stream()
			.map((record) -> new String(record.value(), StandardCharsets.UTF_8))
			.toList();
	}

	/** The last but one character is the key. */
	private void send(String topic, int partition, String value) {
		String key = value.substring(value.length() - 2, value.length() - 1);
		this.broker.send(new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8)));
	}

}
