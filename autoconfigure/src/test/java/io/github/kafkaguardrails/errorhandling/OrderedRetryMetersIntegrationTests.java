package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.activity.ActivityCheck;
import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;
import io.github.kafkaguardrails.metrics.KafkaGuardrailsMeter;
import io.github.kafkaguardrails.metrics.ParkedKeyMetrics;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.ReportedFinding;
import io.github.kafkaguardrails.setup.ActivitySetup;

import static org.assertj.core.api.Assertions.assertThat;

/** What is measured and observed of a listener with ordered retry. */
class OrderedRetryMetersIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final TestBroker broker = TestBroker.get();

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void showsTakeOversAndCommitsThatWereHeldBack() {
		String topic = this.broker.topic("ordered-meters", 3);
		String group = "group-" + topic;
		try (ListenerApplication application = new ListenerApplication(topic, group, "record",
				Map.of("kafka.guardrails.listeners.main.retry.mode", "ordered"))) {
			new ParkedKeyMetrics(application.bean(ParkedKeys.class)).bindTo(this.registry);
			Awaitility.await().atMost(LIMIT).until(() -> timer().count() == 3);
			assertThat(counter("kafka.guardrails.parked.gate.holds")).isZero();
			this.broker.send(new ProducerRecord<>(topic, 0, "a".getBytes(StandardCharsets.UTF_8),
					"flaky:1-a1".getBytes(StandardCharsets.UTF_8)));
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.contains("flaky:1-a1"));
			assertThat(counter("kafka.guardrails.parked.gate.holds")).isPositive();
			assertThat(counter("kafka.guardrails.parked.renewals")).isZero();
			verifyDescriptions();
		}
	}

	@Test
	void seesRecordsWithoutAKey() {
		String topic = this.broker.topic("ordered-keyless", 1);
		try (ListenerApplication application = new ListenerApplication(topic, "group-" + topic, "record",
				Map.of("kafka.guardrails.listeners.main.retry.mode", "ordered"))) {
			this.broker.send(new ProducerRecord<>(topic, 0, new byte[0], "ok-1".getBytes(StandardCharsets.UTF_8)));
			this.broker.send(new ProducerRecord<>(topic, 0, null, "ok-2".getBytes(StandardCharsets.UTF_8)));
			this.broker.send(new ProducerRecord<>(topic, 0, null, "flaky:1-3".getBytes(StandardCharsets.UTF_8)));
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.size() == 3);
			PitfallInspection.Result result = application.bean(ActivityCheck.class).check();
			assertThat(Objects.requireNonNull(result.setup()).activity().keyless())
				.containsExactly(new ActivitySetup.KeylessRecords("main", 2));
			assertThat(result.report().findings()).extracting(ReportedFinding::rule)
				.contains("guardrails-ordered-retry-null-key");
		}
	}

	private void verifyDescriptions() {
		List<KafkaGuardrailsMeter> meters = Arrays.stream(KafkaGuardrailsMeter.values())
			.filter((meter) -> meter.meterName().startsWith("kafka.guardrails.parked."))
			.toList();
		assertThat(meters).hasSizeGreaterThan(10).allSatisfy((meter) -> {
			Meter.Id id = this.registry.get(meter.meterName()).meter().getId();
			assertThat(id.getTags()).extracting("key").containsExactlyInAnyOrderElementsOf(meter.tags());
			assertThat(id.getType()).isEqualTo(meter.type());
			assertThat(id.getDescription()).isEqualTo(meter.meaning());
		});
	}

	private FunctionTimer timer() {
		return this.registry.get("kafka.guardrails.parked.rebuild").tag("listener", "main").functionTimer();
	}

	private double counter(String name) {
		return this.registry.get(name).tag("listener", "main").functionCounter().count();
	}

}
