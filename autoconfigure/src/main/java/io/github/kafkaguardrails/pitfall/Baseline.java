package io.github.kafkaguardrails.pitfall;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * The findings that an application had when it began to use Kafka Guardrails. They are
 * accepted, new ones are not.
 *
 * @param date day on which it was written
 * @param clusters whether the clusters had been read by then; if so, it may hold findings
 * that nobody sees before they have been read again
 * @param entries what is accepted
 * @since 0.1.0
 */
public record Baseline(LocalDate date, boolean clusters, List<Entry> entries) {

	public Baseline {
		Objects.requireNonNull(date, "'date' must not be null");
		entries = List.copyOf(entries);
	}

	/**
	 * A baseline of what a run has found: its violations, and what an earlier baseline
	 * accepts. What a waiver accepts is left to the waiver; what could not be checked is
	 * not known.
	 * @param result the run
	 * @param date day on which it is written
	 */
	public static Baseline of(PitfallInspection.Result result, LocalDate date) {
		List<Entry> entries = result.report()
			.findings()
			.stream()
			.filter((finding) -> finding.state() == ReportedFinding.State.VIOLATED || finding.baseline() != null)
			.filter((finding) -> !PitfallCatalogue.OWN_IDS.contains(finding.rule()))
			.flatMap((finding) -> finding.subjects().stream().map((subject) -> Entry.of(finding, subject)))
			.distinct()
			.sorted(Comparator.comparing(Entry::rule)
				.thenComparing(Entry::subject)
				.thenComparing(Entry::about)
				.thenComparing(Entry::fingerprint))
			.toList();
		return new Baseline(date, result.setup() != null && !result.setup().clusters().isEmpty(), entries);
	}

	/**
	 * A finding that is accepted.
	 *
	 * @param rule id of the rule
	 * @param subject what the finding is about, for example {@code producer 'orders'}
	 * @param about what it is, for the reader; nothing depends on it
	 * @param fingerprint stands for the values that prove it
	 * @param origin where the entry is written
	 */
	public record Entry(String rule, String subject, String about, String fingerprint, ValueOrigin origin) {

		/** Regular expression that every fingerprint matches. */
		public static final String FINGERPRINT = Fingerprint.FORM;

		private static Entry of(ReportedFinding finding, Subject subject) {
			String values = finding.evidence()
				.stream()
				.map((value) -> value.key() + " = " + value.text())
				.collect(Collectors.joining(", "));
			return new Entry(finding.rule(), subject.toString(),
					values.isEmpty() ? finding.title() : finding.title() + ": " + values,
					Fingerprint.of(finding.evidence(), finding.harm()), ValueOrigin.code("the latest run"));
		}

		/** Whether this entry accepts a finding of its rule. */
		boolean accepts(Finding finding) {
			return this.subject.equals(finding.subject().toString())
					&& this.fingerprint.equals(Fingerprint.of(finding.evidence(), finding.harm()));
		}

		/** The entry as a value that a finding can show. */
		ConfigValue toEvidence() {
			return ConfigValue.of("entry", this.rule + " of " + this.subject, this.origin);
		}

	}

}
