package io.github.kafkaguardrails;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.errorhandling.FailedRecordEnding;
import io.github.kafkaguardrails.errorhandling.orderedretry.OrderedRetryStrategy;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;
import io.github.kafkaguardrails.errorhandling.topics.Provisioning;
import io.github.kafkaguardrails.metrics.ParkedKeyMetrics;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ParkedKeyMetrics}: names and tags are API. */
class ParkedKeyMetricsTests {

	private static final List<String> LISTENER = List.of("listener=orders");

	private final ParkedKeys parkedKeys = new ParkedKeys();

	@Test
	void showsTheGaugesOfEachListenerWheneverItComes() {
		MeterRegistry early = new SimpleMeterRegistry();
		MeterRegistry late = new SimpleMeterRegistry();
		try (FailedRecordTopics topics = new FailedRecordTopics(Provisioning.NONE, "test", Clock.systemUTC());
				OrderedRetryStrategy strategy = new OrderedRetryStrategy(topics, false, () -> null, this.parkedKeys)) {
			new ParkedKeyMetrics(this.parkedKeys).bindTo(early);
			assertThat(early.getMeters()).isEmpty();
			strategy.diverter(ListenerKind.RECORD.listener(), (failed) -> FailedRecordEnding.Outcome.ENDED);
			new ParkedKeyMetrics(this.parkedKeys).bindTo(late);
			for (MeterRegistry registry : List.of(early, late)) {
				assertThat(gauges(registry)).containsEntry("kafka.guardrails.parked.records", LISTENER)
					.containsEntry("kafka.guardrails.parked.keys",
							List.of("listener=orders,state=dead", "listener=orders,state=operator",
									"listener=orders,state=retry"))
					.containsEntry("kafka.guardrails.parked.bytes", LISTENER)
					.containsEntry("kafka.guardrails.parked.oldest", LISTENER)
					.containsEntry("kafka.guardrails.parked.window", LISTENER)
					.containsEntry("kafka.guardrails.parked.backlog", LISTENER)
					.containsEntry("kafka.guardrails.parked.commit.held", LISTENER)
					.containsEntry("kafka.guardrails.parked.outage", LISTENER);
				assertThat(registry.get("kafka.guardrails.parked.records").gauge().value()).isZero();
			}
		}
	}

	/** Tags of each gauge, by its name. */
	private static Map<String, List<String>> gauges(MeterRegistry registry) {
		Map<String, List<String>> gauges = new TreeMap<>();
		registry.getMeters()
			.stream()
			.filter(Gauge.class::isInstance)
			.collect(Collectors.groupingBy((meter) -> meter.getId().getName()))
			.forEach((name, meters) -> gauges.put(name,
					meters.stream()
						.map((meter) -> meter.getId()
							.getTags()
							.stream()
							.map((Tag tag) -> tag.getKey() + "=" + tag.getValue())
							.sorted()
							.collect(Collectors.joining(",")))
						.sorted()
						.toList()));
		return gauges;
	}

}
