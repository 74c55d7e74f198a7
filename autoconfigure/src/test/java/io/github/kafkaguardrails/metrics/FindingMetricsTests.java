package io.github.kafkaguardrails.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.PitfallChange;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.TestInspection;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link FindingMetrics}. */
class FindingMetricsTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void followsTheLatestInspection() {
		PitfallInspection inspection = TestInspection.of(TestInspection.setup());
		new FindingMetrics(inspection).bindTo(this.registry);
		assertThat(findings("warning", "violated")).isZero();
		inspection.inspect();
		assertThat(findings("warning", "violated")).isEqualTo(1);
	}

	@Test
	void tellsAcceptedFindingsApart() {
		new FindingMetrics(TestInspection.inspected(TestInspection.setup(), TestInspection.waiver()))
			.bindTo(this.registry);
		assertThat(findings("warning", "violated")).isZero();
		assertThat(findings("warning", "accepted")).isEqualTo(1);
	}

	@Test
	void hasAGaugeForEachSeverityAndState() {
		new FindingMetrics(TestInspection.of(TestInspection.setup())).bindTo(this.registry);
		assertThat(this.registry.get(KafkaGuardrailsMeter.FINDINGS.meterName()).gauges()).hasSize(9)
			.allSatisfy((gauge) -> assertThat(gauge.getId().getTags()).extracting("key")
				.containsExactlyInAnyOrderElementsOf(KafkaGuardrailsMeter.FINDINGS.tags()));
	}

	@Test
	void countsWhatAppearsWhileTheApplicationRuns() {
		PitfallInspection inspection = TestInspection.inspected(TestInspection.setup());
		FindingMetrics metrics = new FindingMetrics(inspection);
		metrics.bindTo(this.registry);
		PitfallChange change = PitfallChange.none().next(inspection.latest().report(), true);
		metrics.checked(change);
		metrics.checked(change.next(inspection.latest().report(), true));
		assertThat(this.registry.get("kafka.guardrails.findings.appeared")
			.tag("severity", "warning")
			.tag("rule", "producer-acks-not-all")
			.counter()
			.count()).isEqualTo(1);
		assertThat(this.registry.get("kafka.guardrails.findings.appeared").counters()).singleElement()
			.satisfies((counter) -> assertThat(counter.getId().getTags()).extracting("key")
				.containsExactlyInAnyOrderElementsOf(KafkaGuardrailsMeter.FINDINGS_APPEARED.tags()));
	}

	private double findings(String severity, String state) {
		return this.registry.get("kafka.guardrails.findings")
			.tag("severity", severity)
			.tag("state", state)
			.gauge()
			.value();
	}

}
