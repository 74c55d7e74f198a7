package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeyStatus;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;
import io.github.kafkaguardrails.health.OrderedRetryHealthIndicator;
import io.github.kafkaguardrails.metrics.ParkedKeyMetrics;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator sees of parked keys, and does with them. */
class OrderedRetryOperationsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final TestBroker broker = TestBroker.get();

	private final String topic = this.broker.topic("ordered-operations", 1);

	private final String group = "group-" + this.topic;

	@Test
	void showsStoppedKeysAndLetsThemGoOn() {
		send("a", "flaky:1-a1");
		send("a", "ok-a2");
		send("b", "fail-b1");
		send("b", "ok-b2");
		try (ListenerApplication application = application(Map.of("kafka.guardrails.listeners.main.then", "stop",
				"kafka.guardrails.listeners.main.retry.max-attempts", "1"))) {
			ParkedKeys parked = application.bean(ParkedKeys.class);
			awaitCommit(4);
			List<ParkedKeyStatus> keys = parked.keys(10);
			assertThat(keys).extracting(ParkedKeyStatus::state).containsExactly("stopped", "stopped");
			assertThat(keys).extracting(ParkedKeyStatus::records).containsExactly(2, 2);
			assertThat(keys.get(0).cause()).isEqualTo("java.lang.IllegalStateException: for a while");
			assertThat(keys.get(0).key()).isNotEqualTo("a").hasSize(12);
			assertThat(keys.get(0).attempts()).isEqualTo(1);
			assertThat(parked.keys(1)).hasSize(1);
			verifyFigures(parked);
			operate(parked, keys.get(0).key(), ParkedKeys.Operation.RELEASE);
			operate(parked, keys.get(1).key(), ParkedKeys.Operation.SKIP);
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.size() == 3);
			assertThat(application.deliveries.succeeded).containsSubsequence("flaky:1-a1", "ok-a2").contains("ok-b2");
			assertThat(parked.operate("main", "nobody", ParkedKeys.Operation.SKIP)).isFalse();
			assertThat(parked.operate("other", keys.get(0).key(), ParkedKeys.Operation.SKIP)).isFalse();
			Awaitility.await().atMost(LIMIT).until(() -> parked.keys(10).isEmpty());
		}
	}

	private static void verifyFigures(ParkedKeys parked) {
		assertThat(parked.figures("main").records()).isEqualTo(4);
		assertThat(parked.figures("main").stoppedKeys()).isEqualTo(2);
		assertThat(parked.figures("other").records()).isZero();
		MeterRegistry registry = new SimpleMeterRegistry();
		new ParkedKeyMetrics(parked).bindTo(registry);
		assertThat(registry.get("kafka.guardrails.parked.records").tag("listener", "main").gauge().value())
			.isEqualTo(4);
		assertThat(registry.get("kafka.guardrails.parked.keys").tag("state", "operator").gauge().value()).isEqualTo(2);
		Health health = new OrderedRetryHealthIndicator(parked).health();
		assertThat(health).isNotNull();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails().get("main")).asString().contains("parkedKeys=2");
	}

	@Test
	void retriesAKeyAtOnce() {
		send("a", "flaky:1-a1");
		try (ListenerApplication application = application(
				Map.of("kafka.guardrails.listeners.main.retry.initial-interval", "1h",
						"kafka.guardrails.listeners.main.retry.max-interval", "1h"))) {
			ParkedKeys parked = application.bean(ParkedKeys.class);
			awaitCommit(1);
			operate(parked, parked.keys(10).get(0).key(), ParkedKeys.Operation.RETRY_NOW);
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.contains("flaky:1-a1"));
		}
	}

	@Test
	void parksNothingMoreWhenItDrains() {
		try (ListenerApplication application = application(Map.of())) {
			ParkedKeys parked = application.bean(ParkedKeys.class);
			assertThat(parked.drainOnly("other", true)).isFalse();
			assertThat(parked.drainOnly("main", true)).isTrue();
			send("a", "flaky:2-a1");
			send("b", "ok-b1");
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.size() == 2);
			assertThat(application.deliveries.values).containsExactly("flaky:2-a1", "flaky:2-a1", "flaky:2-a1",
					"ok-b1");
		}
		assertThat(this.broker.records(this.topic + "-" + this.group + "-parked")).isEmpty();
	}

	/** It is not settled before the offset behind it is committed. */
	private static void operate(ParkedKeys parked, String key, ParkedKeys.Operation operation) {
		Awaitility.await().atMost(LIMIT).until(() -> parked.operate("main", key, operation));
	}

	private void awaitCommit(long offset) {
		Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(this.group, this.topic, 0) == offset);
	}

	private ListenerApplication application(Map<String, Object> properties) {
		Map<String, Object> all = new HashMap<>(properties);
		all.put("kafka.guardrails.listeners.main.retry.mode", "ordered");
		return new ListenerApplication(this.topic, this.group, "record", all);
	}

	private void send(String key, String value) {
		this.broker.send(new ProducerRecord<>(this.topic, 0, key.getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8)));
	}

}
