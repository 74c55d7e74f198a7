package io.github.kafkaguardrails.pitfall;

import java.util.ArrayList;
import java.util.List;

/**
 * The findings of one run of all rules: errors first, then warnings, then information;
 * inside a severity by rule id.
 *
 * @param findings what was found, accepted and unknown ones included
 * @param rules number of rules that ran
 * @since 0.1.0
 */
public record PitfallReport(List<ReportedFinding> findings, int rules) {

	public PitfallReport {
		findings = List.copyOf(findings);
	}

	/** A report of nothing, before the first run. */
	public static PitfallReport empty() {
		return new PitfallReport(List.of(), 0);
	}

	/** The findings that are neither accepted nor unknown. */
	public List<ReportedFinding> violations() {
		List<ReportedFinding> violations = new ArrayList<>();
		for (ReportedFinding finding : this.findings) {
			if (finding.state() == ReportedFinding.State.VIOLATED) {
				violations.add(finding);
			}
		}
		return List.copyOf(violations);
	}

	/** Number of violations of this severity. */
	public long count(Severity severity) {
		long count = 0;
		for (ReportedFinding finding : violations()) {
			if (finding.severity() == severity) {
				count++;
			}
		}
		return count;
	}

	/** Whether there is a violation of severity error. */
	public boolean hasErrors() {
		return count(Severity.ERROR) > 0;
	}

}
