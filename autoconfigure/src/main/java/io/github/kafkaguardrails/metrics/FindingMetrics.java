package io.github.kafkaguardrails.metrics;

import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

import io.github.kafkaguardrails.pitfall.PitfallChange;
import io.github.kafkaguardrails.pitfall.PitfallChangeListener;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.ReportedFinding;
import io.github.kafkaguardrails.pitfall.Severity;

/**
 * Shows the findings of the latest inspection as gauges, and counts those that appear
 * while the application runs. A gauge reads the report when it is scraped; it never
 * starts an inspection.
 *
 * @since 0.1.0
 */
public final class FindingMetrics implements MeterBinder, PitfallChangeListener {

	private final CompositeMeterRegistry registry = new CompositeMeterRegistry();

	private final PitfallInspection inspection;

	public FindingMetrics(PitfallInspection inspection) {
		this.inspection = inspection;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registry.add(registry);
		for (Severity severity : Severity.values()) {
			for (ReportedFinding.State state : ReportedFinding.State.values()) {
				KafkaGuardrailsMeter.FINDINGS.gauge(registry, this.inspection,
						(inspection) -> count(inspection, severity, state),
						List.of(severity.label(), state.name().toLowerCase(Locale.ROOT)));
			}
		}
	}

	@Override
	public void checked(PitfallChange change) {
		change.appeared()
			.forEach((finding) -> KafkaGuardrailsMeter.FINDINGS_APPEARED
				.counter(this.registry, List.of(finding.severity().label(), finding.rule()))
				.increment());
	}

	private static double count(PitfallInspection inspection, Severity severity, ReportedFinding.State state) {
		return inspection.latest()
			.report()
			.findings()
			.stream()
			.filter((finding) -> finding.severity() == severity && finding.state() == state)
			.count();
	}

}
