package io.github.kafkaguardrails.pitfall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.kafkaguardrails.setup.Subject;

/**
 * What a report changes about the violations that are known. Each violation appears once,
 * however often it is reported, and once more when it gets worse. It is resolved when a
 * report says so; as long as its rule could not be checked, nothing is known. Immutable.
 *
 * @param appeared violations that were not known before or are worse than before, with
 * the subjects of which that is true
 * @param resolved violations that are gone
 * @param standing the violations that are known now, each with its severity
 * @since 0.1.0
 */
public record PitfallChange(List<ReportedFinding> appeared, Set<Violation> resolved,
		Map<Violation, Severity> standing) {

	public PitfallChange {
		appeared = List.copyOf(appeared);
		resolved = Set.copyOf(resolved);
		standing = Map.copyOf(standing);
	}

	/** Nothing is known and nothing has changed. */
	public static PitfallChange none() {
		return new PitfallChange(List.of(), Set.of(), Map.of());
	}

	/**
	 * The change that the next report brings.
	 * @param report the next report
	 * @param complete whether all clusters were there to be looked at; if not, nothing
	 * counts as resolved
	 */
	public PitfallChange next(PitfallReport report, boolean complete) {
		Map<Violation, Severity> reported = violations(report);
		Set<String> unknown = report.findings()
			.stream()
			.filter((finding) -> finding.state() == ReportedFinding.State.UNKNOWN)
			.map(ReportedFinding::rule)
			.collect(Collectors.toSet());
		Set<Violation> resolved = new TreeSet<>();
		Map<Violation, Severity> standing = new HashMap<>(reported);
		this.standing.forEach((violation, severity) -> {
			if (!reported.containsKey(violation)) {
				if (complete && !unknown.contains(violation.rule())) {
					resolved.add(violation);
				}
				else {
					standing.put(violation, severity);
				}
			}
		});
		return new PitfallChange(appeared(report), resolved, standing);
	}

	private List<ReportedFinding> appeared(PitfallReport report) {
		List<ReportedFinding> appeared = new ArrayList<>();
		for (ReportedFinding finding : report.violations()) {
			List<Subject> subjects = finding.subjects()
				.stream()
				.filter((subject) -> isNews(new Violation(finding.rule(), subject), finding.severity()))
				.toList();
			if (!subjects.isEmpty()) {
				appeared.add(finding.withSubjects(subjects));
			}
		}
		return appeared;
	}

	private boolean isNews(Violation violation, Severity severity) {
		Severity known = this.standing.get(violation);
		return known == null || severity.compareTo(known) < 0;
	}

	private static Map<Violation, Severity> violations(PitfallReport report) {
		Map<Violation, Severity> violations = new LinkedHashMap<>();
		report.violations()
			.forEach((finding) -> finding.subjects()
				.forEach((subject) -> violations.merge(new Violation(finding.rule(), subject), finding.severity(),
						(first, second) -> (first.compareTo(second) < 0) ? first : second)));
		return violations;
	}

	/**
	 * A rule that is violated by a subject.
	 *
	 * @param rule id of the rule
	 * @param subject what violates it
	 */
	public record Violation(String rule, Subject subject) implements Comparable<Violation> {

		public Violation {
			Objects.requireNonNull(rule, "'rule' must not be null");
			Objects.requireNonNull(subject, "'subject' must not be null");
		}

		@Override
		public int compareTo(Violation other) {
			return Comparator.comparing(Violation::toString).compare(this, other);
		}

		@Override
		public String toString() {
			return this.rule + " (" + this.subject + ")";
		}

	}

}
