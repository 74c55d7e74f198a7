package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/** The container of the retry topics lives and ends with the listener's own. */
class RetryTopicIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final TestBroker broker = TestBroker.get();

	@Test
	void startsAndStopsByHandWithTheListener() {
		String topic = this.broker.topic("retries", 2);
		String group = "group-" + topic;
		send(topic, 1, "fail-1");
		try (ListenerApplication application = start(topic, group,
				Map.of("spring.kafka.listener.auto-startup", "false"))) {
			MessageListenerContainer main = application.container("main");
			MessageListenerContainer retry = application.container("main-retry");
			assertThat(retry.isRunning()).isFalse();
			main.start();
			awaitDeadLetters(topic, group, List.of("fail-1"));
			assertThat(application.deliveries.count("fail-1")).isEqualTo(4);
			main.stop();
			Awaitility.await().atMost(LIMIT).until(() -> !retry.isChildRunning());
			assertThat(retry.isInExpectedState()).isTrue();
			send(topic, 1, "fail-2");
			main.start();
			awaitDeadLetters(topic, group, List.of("fail-1", "fail-2"));
		}
	}

	@Test
	void isAnotherStaticMemberOfTheGroup() {
		String topic = this.broker.topic("retries", 1);
		String group = "group-" + topic;
		send(topic, 0, "fail-1");
		send(topic, 0, "ok-1");
		try (ListenerApplication application = start(topic, group,
				Map.of("spring.kafka.consumer.properties.group.instance.id", "pod-1"))) {
			awaitDeadLetters(topic, group, List.of("fail-1"));
			assertThat(application.deliveries.succeeded).containsExactly("ok-1");
			assertThat(application.container("main").isRunning()).isTrue();
			assertThat(application.container("main-retry").isRunning()).isTrue();
			assertThat(application.container("main").isChildRunning()).isTrue();
			assertThat(application.container("main-retry").isChildRunning()).isTrue();
		}
	}

	@Test
	void goesOnAfterARestartInTheMiddle() {
		String topic = this.broker.topic("retries", 2);
		String group = "group-" + topic;
		ListenerApplication.Deliveries deliveries = new ListenerApplication.Deliveries();
		List<String> sent = List.of("fail-1", "ok-1", "flaky:2-a", "flaky:3-b", "ok-2");
		sent.forEach((value) -> send(topic, 0, value + "-0"));
		sent.forEach((value) -> send(topic, 1, value + "-1"));
		Map<String, Object> slow = Map.of("kafka.guardrails.listeners.main.retry.initial-interval", "1s",
				"kafka.guardrails.listeners.main.retry.max-interval", "5s");
		try (ListenerApplication application = start(deliveries, topic, group, slow)) {
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.values.size() >= 12);
		}
		try (ListenerApplication application = start(deliveries, topic, group, slow)) {
			awaitDeadLetters(topic, group, List.of("fail-1-0", "fail-1-1"));
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(application.deliveries.succeeded).contains("flaky:2-a-0", "flaky:2-a-1",
						"flaky:3-b-0", "flaky:3-b-1"));
			assertThat(application.deliveries.count("ok-1-0")).isEqualTo(1);
		}
		assertThat(deliveries.count("fail-1-0")).isBetween(4L, 5L);
	}

	@Test
	void tellsWhereARecordCameFromAndHowOftenItWasDelivered() {
		String topic = this.broker.topic("retries", 2);
		send(topic, 0, "ok-1");
		send(topic, 1, "fail-1");
		try (ListenerApplication application = new ListenerApplication(new ListenerApplication.Deliveries(), topic,
				"group-" + topic, "record", Map.of("kafka.guardrails.listeners.main.retry.mode", "topic"),
				Endings.class)) {
			List<FailedRecord> ended = application.bean(Endings.class).failed;
			Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(ended).hasSize(1));
			assertThat(ended.get(0).attempts()).isEqualTo(4);
			assertThat(ended.get(0).source().topic()).isEqualTo(topic);
			assertThat(ended.get(0).source().offset()).isZero();
		}
	}

	private ListenerApplication start(String topic, String group, Map<String, Object> more) {
		return start(new ListenerApplication.Deliveries(), topic, group, more);
	}

	private ListenerApplication start(ListenerApplication.Deliveries deliveries, String topic, String group,
			Map<String, Object> more) {
		Map<String, Object> properties = new LinkedHashMap<>(more);
		properties.put("kafka.guardrails.listeners.main.retry.mode", "topic");
		return new ListenerApplication(deliveries, topic, group, "record", properties);
	}

	private void awaitDeadLetters(String topic, String group, List<String> values) {
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(this.broker.records(topic + "-" + group + "-dlt")
				.stream()
				.map((record) -> new String(record.value(), StandardCharsets.UTF_8)))
				.containsExactlyInAnyOrderElementsOf(values));
	}

	private void send(String topic, int partition, String value) {
		this.broker.send(new ProducerRecord<>(topic, partition, "key".getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8)));
	}

	/** Keeps what is told. */
	static final class Endings implements FailedRecordListener {

		final List<FailedRecord> failed = new CopyOnWriteArrayList<>();

		@Override
		public void ended(FailedRecord record, Ending ending) {
			this.failed.add(record);
		}

	}

}
