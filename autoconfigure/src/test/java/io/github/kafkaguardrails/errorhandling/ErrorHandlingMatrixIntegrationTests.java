package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each allowed combination of retry mode, ending and kind of listener on a real broker:
 * every record is accounted for as the combination promises, attempts are counted so that
 * nothing loops, and offsets are where they should be, also after a restart.
 */
class ErrorHandlingMatrixIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int MAX_ATTEMPTS = 4;

	private final TestBroker broker = TestBroker.get();

	static Stream<Arguments> combinations() {
		List<Arguments> combinations = new ArrayList<>();
		for (Ending ending : Ending.values()) {
			for (RetryMode mode : List.of(RetryMode.NONE, RetryMode.BLOCKING)) {
				for (String listener : List.of("record", "batch", "sending")) {
					combinations.add(Arguments.of(mode, ending, listener));
				}
			}
			combinations.add(Arguments.of(RetryMode.TOPIC, ending, "record"));
		}
		return combinations.stream();
	}

	@ParameterizedTest(name = "{0} then {1}, {2} listener")
	@MethodSource("combinations")
	void accountsForEveryRecord(RetryMode mode, Ending ending, String listener) {
		String topic = this.broker.topic("matrix", 1);
		String group = "group-" + topic;
		Map<String, Object> properties = properties(mode, ending, listener);
		List<String> sent = sent(mode, ending);
		sent.forEach((value) -> send(topic, value));
		ListenerApplication.Deliveries deliveries = new ListenerApplication.Deliveries();
		try (ListenerApplication application = new ListenerApplication(deliveries, topic, group, listener,
				properties)) {
			if (ending == Ending.STOP) {
				awaitStop(application.container((mode == RetryMode.TOPIC) ? "main-retry" : "main"));
			}
			else {
				awaitOffset(group, topic, sent.size());
				awaitEnd(deliveries, mode, ending, topic, group);
			}
		}
		verify(mode, ending, topic, group, deliveries, sent);
		restart(mode, ending, listener, topic, group, properties);
	}

	/** A fatal failure would stop the listener itself before its retry container can. */
	private static List<String> sent(RetryMode mode, Ending ending) {
		return (mode == RetryMode.TOPIC && ending == Ending.STOP)
				? List.of("ok-1", "flaky:2-a", "ok-2", "fail-1", "ok-3", "ok-4")
				: List.of("ok-1", "flaky:2-a", "ok-2", "fail-1", "ok-3", "fatal-1", "ok-4");
	}

	private void verify(RetryMode mode, Ending ending, String topic, String group,
			ListenerApplication.Deliveries deliveries, List<String> sent) {
		int attempts = (mode == RetryMode.NONE) ? 1 : MAX_ATTEMPTS;
		boolean flakyRecovers = mode != RetryMode.NONE;
		String first = flakyRecovers ? "fail-1" : "flaky:2-a";
		List<String> dead = new ArrayList<>(
				flakyRecovers ? List.of("fail-1", "fatal-1") : List.of("flaky:2-a", "fail-1", "fatal-1"));
		if (ending == Ending.STOP && mode != RetryMode.TOPIC) {
			// everything before the first record that ends is done, nothing behind it was
			// touched
			assertThat(this.broker.committed(group, topic, 0)).isEqualTo(sent.indexOf(first));
			assertThat(deliveries.count(first)).isEqualTo(attempts);
			assertThat(deliveries.succeeded).containsExactlyElementsOf(sent.subList(0, sent.indexOf(first)));
			assertThat(deliveries.values)
				.doesNotContainAnyElementsOf(sent.subList(sent.indexOf(first) + 1, sent.size()));
			return;
		}
		assertThat(this.broker.committed(group, topic, 0)).isEqualTo(sent.size());
		List<String> succeeded = new ArrayList<>(sent);
		succeeded.removeAll(dead);
		if (ending == Ending.STOP) {
			assertThat(deliveries.count("fail-1")).isEqualTo(attempts);
			String lastRetryTopic = topic + "-" + group + "-retry-2";
			assertThat(this.broker.committed(group, lastRetryTopic, 0))
				.isEqualTo(this.broker.records(lastRetryTopic).size() - 1L);
		}
		else {
			assertThat(deliveries.succeeded).containsExactlyInAnyOrderElementsOf(succeeded);
			assertThat(deliveries.count("fail-1")).isEqualTo(attempts);
			assertThat(deliveries.count("fatal-1")).isEqualTo(1);
		}
		if (mode != RetryMode.TOPIC) {
			assertThat(deliveries.succeeded).containsExactlyElementsOf(succeeded);
		}
		List<String> deadLetters = this.broker.records(topic + "-" + group + "-dlt")
			.stream()
			.map((record) -> new String(record.value(), StandardCharsets.UTF_8))
			.toList();
		if (ending == Ending.DEAD_LETTER) {
			assertThat(deadLetters).containsExactlyInAnyOrderElementsOf(dead);
		}
		else {
			assertThat(deadLetters).isEmpty();
		}
	}

	/** A restart begins with the record that stopped the listener, or with nothing. */
	private void restart(RetryMode mode, Ending ending, String listener, String topic, String group,
			Map<String, Object> properties) {
		send(topic, "ok-after");
		ListenerApplication.Deliveries deliveries = new ListenerApplication.Deliveries();
		try (ListenerApplication application = new ListenerApplication(deliveries, topic, group, listener,
				properties)) {
			if (ending == Ending.STOP && mode != RetryMode.TOPIC) {
				awaitStop(application.container("main"));
				assertThat(deliveries.values.get(0)).isEqualTo((mode == RetryMode.NONE) ? "flaky:2-a" : "fail-1");
				return;
			}
			Awaitility.await().atMost(LIMIT).until(() -> deliveries.succeeded.contains("ok-after"));
			if (ending != Ending.STOP) {
				assertThat(deliveries.values).containsExactly("ok-after");
			}
		}
	}

	private void awaitStop(MessageListenerContainer container) {
		Awaitility.await().atMost(LIMIT).until(() -> !container.isRunning() && !container.isInExpectedState());
	}

	private void awaitOffset(String group, String topic, long offset) {
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(this.broker.committed(group, topic, 0)).isEqualTo(offset));
	}

	private void awaitEnd(ListenerApplication.Deliveries deliveries, RetryMode mode, Ending ending, String topic,
			String group) {
		if (mode != RetryMode.TOPIC) {
			return;
		}
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> deliveries.count("fail-1") == MAX_ATTEMPTS && deliveries.succeeded.contains("flaky:2-a"));
		if (ending == Ending.DEAD_LETTER) {
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.records(topic + "-" + group + "-dlt").size() == 2);
		}
		String lastRetryTopic = topic + "-" + group + "-retry-2";
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> this.broker.committed(group, lastRetryTopic, 0) == this.broker.records(lastRetryTopic).size());
	}

	private Map<String, Object> properties(RetryMode mode, Ending ending, String listener) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("kafka.guardrails.listeners.main.retry.mode", mode.name().toLowerCase(Locale.ROOT));
		properties.put("kafka.guardrails.listeners.main.then",
				ending.name().toLowerCase(Locale.ROOT).replace('_', '-'));
		if (listener.equals("sending")) {
			properties.put("spring.kafka.producer.transaction-id-prefix", "tx-" + System.nanoTime() + "-");
			properties.put("test.output", this.broker.topic("output", 1));
		}
		return properties;
	}

	private void send(String topic, String value) {
		this.broker.send(new ProducerRecord<>(topic, 0, "key".getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8)));
	}

}
