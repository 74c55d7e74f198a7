package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/** The order of each key survives instances that come and go while records fail. */
class OrderedRetryRebalanceIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int PARTITIONS = 4;

	private final TestBroker broker = TestBroker.get();

	@ParameterizedTest
	@ValueSource(strings = { "classic", "cooperative", "consumer" })
	void keepsTheOrderOfEachKeyWhileInstancesComeAndGo(String protocol) {
		String topic = this.broker.topic("ordered-rebalance", PARTITIONS);
		String group = "group-" + topic;
		Map<String, Object> properties = properties(protocol);
		ListenerApplication.Deliveries deliveries = new ListenerApplication.Deliveries();
		Map<String, List<String>> sent = new LinkedHashMap<>();
		Random random = new Random(42);
		ListenerApplication first = new ListenerApplication(deliveries, topic, group, "record", properties);
		ListenerApplication second = null;
		try {
			send(topic, 200, sent, random);
			second = new ListenerApplication(deliveries, topic, group, "record", properties);
			send(topic, 200, sent, random);
			first.close();
			send(topic, 200, sent, random);
			first = new ListenerApplication(deliveries, topic, group, "record", properties);
			send(topic, 100, sent, random);
			int total = sent.values().stream().mapToInt(List::size).sum();
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(
						() -> assertThat(deliveries.succeeded.stream().distinct().count()).isEqualTo((long) total));
		}
		finally {
			first.close();
			if (second != null) {
				second.close();
			}
		}
		assertThat(sent).hasSizeGreaterThan(10);
		sent.forEach((key, values) -> {
			List<String> outcomes = deliveries.succeeded.stream().filter(values::contains).toList();
			assertThat(outcomes.stream().distinct().toList()).as("first outcomes of " + key)
				.containsExactlyElementsOf(values);
			List<String> last = new ArrayList<>(values);
			last.sort((one, other) -> Integer.compare(outcomes.lastIndexOf(one), outcomes.lastIndexOf(other)));
			assertThat(last).as("last outcomes of " + key).containsExactlyElementsOf(values);
		});
	}

	private static Map<String, Object> properties(String protocol) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("kafka.guardrails.listeners.main.retry.mode", "ordered");
		properties.put("kafka.guardrails.listeners.main.retry.max-attempts", 100_000);
		properties.put("test.concurrency", 2);
		properties.put("spring.kafka.consumer.max-poll-records", 20);
		switch (protocol) {
			case "consumer" -> properties.put("spring.kafka.consumer.properties[group.protocol]", "consumer");
			case "cooperative" -> properties.put("spring.kafka.consumer.properties[partition.assignment.strategy]",
					CooperativeStickyAssignor.class.getName());
			default -> assertThat(protocol).isEqualTo("classic");
		}
		return properties;
	}

	private void send(String topic, int count, Map<String, List<String>> sent, Random random) {
		for (int i = 0; i < count; i++) {
			int number = random.nextInt(20);
			String key = "key-" + number;
			List<String> values = sent.computeIfAbsent(key, (added) -> new ArrayList<>());
			int failures = (random.nextInt(10) == 0) ? 1 + random.nextInt(5) : 0;
			String value = ((failures > 0) ? "flaky:" + failures + "-" : "ok-") + key + "-" + values.size();
			values.add(value);
			this.broker.send(new ProducerRecord<>(topic, number % PARTITIONS, key.getBytes(StandardCharsets.UTF_8),
					value.getBytes(StandardCharsets.UTF_8)));
		}
	}

}
