package io.github.kafkaguardrails.test;

import java.util.List;

import org.assertj.core.api.AbstractAssert;

import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.PitfallReportFormatter;
import io.github.kafkaguardrails.pitfall.ReportedFinding;
import io.github.kafkaguardrails.pitfall.Severity;

/**
 * Assertions on the findings of an application. Accepted findings, and what could not be
 * checked, do not count. A failure shows the findings as the start-up does. An assertion
 * on a report for which no rule ran fails: it would hold whatever the configuration.
 *
 * @since 0.1.0
 */
public final class KafkaGuardrailsAssert extends AbstractAssert<KafkaGuardrailsAssert, PitfallReport> {

	private final PitfallReportFormatter formatter = new PitfallReportFormatter();

	KafkaGuardrailsAssert(PitfallReport report) {
		super(report, KafkaGuardrailsAssert.class);
	}

	/** Nothing is found, of whatever severity. */
	public KafkaGuardrailsAssert hasNoFindings() {
		return hasNoFindings(Severity.INFO);
	}

	/**
	 * Nothing is found that is at least this bad.
	 * @param atLeast the mildest severity that counts
	 */
	public KafkaGuardrailsAssert hasNoFindings(Severity atLeast) {
		List<ReportedFinding> findings = violations().stream()
			.filter((finding) -> finding.severity().compareTo(atLeast) <= 0)
			.toList();
		if (!findings.isEmpty()) {
			failWithMessage("Expected no findings of severity %s or worse, but found %s", atLeast.label(),
					text(findings));
		}
		return this;
	}

	/**
	 * A rule has found something.
	 * @param rule id of the rule
	 */
	public KafkaGuardrailsAssert hasFinding(String rule) {
		if (of(rule).isEmpty()) {
			failWithMessage("Expected a finding of %s, but found %s", rule, text(violations()));
		}
		return this;
	}

	/**
	 * A rule has found nothing.
	 * @param rule id of the rule
	 */
	public KafkaGuardrailsAssert doesNotHaveFinding(String rule) {
		List<ReportedFinding> findings = of(rule);
		if (!findings.isEmpty()) {
			failWithMessage("Expected no finding of %s, but found %s", rule, text(findings));
		}
		return this;
	}

	private List<ReportedFinding> of(String rule) {
		return violations().stream().filter((finding) -> finding.rule().equals(rule)).toList();
	}

	private List<ReportedFinding> violations() {
		isNotNull();
		if (this.actual.rules() == 0) {
			failWithMessage("Expected rules to have run, but none did: is Kafka Guardrails switched off?");
		}
		return this.actual.violations();
	}

	private String text(List<ReportedFinding> findings) {
		PitfallReport report = new PitfallReport(findings, this.actual.rules());
		return this.formatter.summary(report) + (findings.isEmpty() ? "" : ":\n\n" + this.formatter.format(report));
	}

}
