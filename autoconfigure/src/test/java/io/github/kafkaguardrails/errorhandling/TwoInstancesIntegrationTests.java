package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.ListAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances of an application in one group: one joins or leaves while the other
 * pauses before a retry. Every record is processed or dead-lettered, in the order of its
 * partition, whatever the protocol of the group.
 */
class TwoInstancesIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(45);

	private static final int PARTITIONS = 4;

	private static final List<String> VALUES = List.of("ok-1", "flaky:1-a", "ok-2", "fail-1", "ok-3");

	private static final int MAX_ATTEMPTS = 2;

	private final TestBroker broker = TestBroker.get();

	private final ListenerApplication.Deliveries deliveries = new ListenerApplication.Deliveries();

	static Stream<Arguments> protocols() {
		String assignor = "spring.kafka.consumer.properties.partition.assignment.strategy";
		String heartbeat = "spring.kafka.consumer.heartbeat-interval";
		return Stream.of(
				Arguments.of("classic range", Map.of(assignor, RangeAssignor.class.getName(), heartbeat, "200ms")),
				Arguments.of("classic cooperative",
						Map.of(assignor, CooperativeStickyAssignor.class.getName(), heartbeat, "200ms")),
				Arguments.of("consumer", Map.of("spring.kafka.consumer.properties.group.protocol", "consumer")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("protocols")
	void anInstanceJoinsDuringAPause(String name, Map<String, Object> protocol) {
		String topic = this.broker.topic("instances", PARTITIONS);
		String group = "group-" + topic;
		send(topic);
		try (ListenerApplication first = start(topic, group, protocol, "1s")) {
			awaitFirstFailure();
			try (ListenerApplication second = start(topic, group, protocol, "1s")) {
				awaitAssignments(PARTITIONS / 2, first, second);
				awaitEnd(topic, group);
				assertThat(first.container("main").isInExpectedState()).isTrue();
				assertThat(second.container("main").isInExpectedState()).isTrue();
			}
		}
		verifyEveryRecord(topic, group, true);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("protocols")
	void anInstanceJoinsWhileFuturesFail(String name, Map<String, Object> protocol) {
		String topic = this.broker.topic("instances", PARTITIONS);
		String group = "group-" + topic;
		send(topic);
		try (ListenerApplication first = start("future", topic, group, protocol, "1s")) {
			awaitFirstFailure();
			try (ListenerApplication second = start("future", topic, group, protocol, "1s")) {
				awaitAssignments(PARTITIONS / 2, first, second);
				awaitEnd(topic, group);
				assertThat(first.container("main").isInExpectedState()).isTrue();
				assertThat(second.container("main").isInExpectedState()).isTrue();
			}
		}
		verifyEveryRecord(topic, group, false);
	}

	static Stream<Arguments> protocolsAndPartitions() {
		return protocols().flatMap((protocol) -> IntStream.range(0, 2)
			.mapToObj((partition) -> Arguments.of(protocol.get()[0], protocol.get()[1], partition)));
	}

	/**
	 * The container pauses all partitions while the future of a record is not done. One
	 * of the two partitions leaves, whichever; the other one must not stay paused.
	 */
	@ParameterizedTest(name = "{0}, {2}")
	@MethodSource("protocolsAndPartitions")
	void thePartitionThatStaysGoesOnWhenTheOneWithAFailureLeaves(String name, Map<String, Object> protocol,
			int partition) {
		String topic = this.broker.topic("instances", 2);
		String group = "group-" + topic;
		send(topic, partition, "flaky:2-a");
		try (ListenerApplication first = start("future", topic, group, protocol, "5m")) {
			awaitFirstFailure();
			try (ListenerApplication second = start("future", topic, group, protocol, "5m")) {
				awaitAssignments(1, first, second);
				send(topic, 1 - partition, "ok-1");
				Awaitility.await()
					.atMost(LIMIT)
					.untilAsserted(() -> assertThat(this.broker.committed(group, topic, 1 - partition)).isOne());
			}
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("protocols")
	void theInstanceThatPausesLeaves(String name, Map<String, Object> protocol) {
		String topic = this.broker.topic("instances", PARTITIONS);
		String group = "group-" + topic;
		send(topic);
		try (ListenerApplication first = start(topic, group, protocol, "5m")) {
			awaitFirstFailure();
			try (ListenerApplication second = start(topic, group, protocol, "20ms")) {
				awaitAssignments(PARTITIONS / 2, first, second);
				// what the second one owns goes on while the first one pauses
				Awaitility.await()
					.atMost(LIMIT)
					.until(() -> IntStream.range(0, PARTITIONS)
						.anyMatch((partition) -> this.broker.committed(group, topic, partition) == VALUES.size()));
				assertThat(timeToClose(first)).isLessThan(Duration.ofSeconds(10));
				awaitEnd(topic, group);
				assertThat(second.container("main").isInExpectedState()).isTrue();
			}
		}
		verifyEveryRecord(topic, group, true);
	}

	private static Duration timeToClose(ListenerApplication application) {
		long begin = System.nanoTime();
		application.close();
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	private ListenerApplication start(String topic, String group, Map<String, Object> protocol, String pause) {
		return start("record", topic, group, protocol, pause);
	}

	private ListenerApplication start(String listener, String topic, String group, Map<String, Object> protocol,
			String pause) {
		Map<String, Object> properties = new LinkedHashMap<>(protocol);
		properties.put("kafka.guardrails.listeners.main.retry.initial-interval", pause);
		properties.put("kafka.guardrails.listeners.main.retry.max-interval", pause);
		properties.put("kafka.guardrails.listeners.main.retry.max-attempts", MAX_ATTEMPTS);
		return new ListenerApplication(this.deliveries, topic, group, listener, properties);
	}

	private void awaitFirstFailure() {
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> this.deliveries.values.stream().anyMatch((value) -> value.startsWith("flaky")));
	}

	private static void awaitAssignments(int partitions, ListenerApplication... applications) {
		for (ListenerApplication application : applications) {
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(
						() -> assertThat(application.container("main").getAssignedPartitions()).hasSize(partitions));
		}
	}

	private void awaitEnd(String topic, String group) {
		for (int partition = 0; partition < PARTITIONS; partition++) {
			int current = partition;
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(this.broker.committed(group, topic, current)).isEqualTo(VALUES.size()));
		}
	}

	private void verifyEveryRecord(String topic, String group, boolean ordered) {
		List<String> deadLetters = this.broker.records(topic + "-" + group + "-dlt")
			.stream()
			.map((record) -> new String(record.value(), StandardCharsets.UTF_8))
			.toList();
		for (int i = 0; i < PARTITIONS; i++) {
			String partition = "-" + i;
			List<String> expected = List.of("ok-1" + partition, "flaky:1-a" + partition, "ok-2" + partition,
					"ok-3" + partition);
			ListAssert<String> processed = assertThat(
					this.deliveries.succeeded.stream().filter((value) -> value.endsWith(partition)).distinct())
				.as("processed of partition %d", i)
				.containsExactlyInAnyOrderElementsOf(expected);
			if (ordered) {
				processed.containsExactlyElementsOf(expected);
			}
			assertThat(deadLetters).contains("fail-1" + partition);
			assertThat(this.deliveries.count("fail-1" + partition)).isBetween((long) MAX_ATTEMPTS, 2L * MAX_ATTEMPTS);
			assertThat(this.deliveries.count("flaky:1-a" + partition)).isBetween(2L, 2L * MAX_ATTEMPTS);
		}
		assertThat(deadLetters).allMatch((value) -> value.startsWith("fail-1"));
	}

	private void send(String topic) {
		for (int partition = 0; partition < PARTITIONS; partition++) {
			for (String value : VALUES) {
				send(topic, partition, value);
			}
		}
	}

	private void send(String topic, int partition, String value) {
		this.broker.send(new ProducerRecord<>(topic, partition, "key".getBytes(StandardCharsets.UTF_8),
				(value + "-" + partition).getBytes(StandardCharsets.UTF_8)));
	}

}
