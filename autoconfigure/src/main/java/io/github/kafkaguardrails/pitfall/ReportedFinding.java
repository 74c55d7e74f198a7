package io.github.kafkaguardrails.pitfall;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.Subject;

/**
 * A finding as the report shows it: judged by the settings, and with all subjects that
 * share the same cause.
 *
 * @param rule id of the rule
 * @param title what is wrong, one sentence without a full stop
 * @param severity severity after the user's settings
 * @param state what is known about it
 * @param subjects what it is about; never empty
 * @param evidence the values that prove it
 * @param harm what happens because of it, or why it could not be checked
 * @param fixes ways to mend it
 * @param waiver the waiver that accepts it, or {@code null}
 * @param baseline the day of the baseline that accepts it, or {@code null}
 * @param documentation link to the description of the rule, or {@code null} when the
 * application has contributed the rule
 * @since 0.1.0
 */
public record ReportedFinding(String rule, String title, Severity severity, State state, List<Subject> subjects,
		List<ConfigValue> evidence, String harm, List<Fix> fixes, @Nullable Waiver waiver, @Nullable LocalDate baseline,
		@Nullable String documentation) {

	public ReportedFinding {
		subjects = List.copyOf(subjects);
		evidence = List.copyOf(evidence);
		fixes = List.copyOf(fixes);
	}

	/** Why it is accepted, or {@code null} when it is not. */
	public @Nullable String acceptance() {
		if (this.waiver != null) {
			return this.waiver.reason() + ((this.waiver.until() != null) ? " (until " + this.waiver.until() + ")" : "");
		}
		return (this.baseline != null) ? "baseline of " + this.baseline : null;
	}

	/**
	 * A short text that is the same in every run that finds the same thing. It depends on
	 * the subjects and the values that prove the finding, not on the lines that these are
	 * written in.
	 */
	public String fingerprint() {
		List<String> texts = new ArrayList<>(this.subjects.stream().map(Subject::toString).sorted().toList());
		texts.add(Fingerprint.of(this.evidence, this.harm));
		return Fingerprint.of(texts);
	}

	/** A copy that is about these subjects only. */
	ReportedFinding withSubjects(List<Subject> subjects) {
		return new ReportedFinding(this.rule, this.title, this.severity, this.state, subjects, this.evidence, this.harm,
				this.fixes, this.waiver, this.baseline, this.documentation);
	}

	/** What is known about a finding. */
	public enum State {

		/** The pitfall is there. */
		VIOLATED,

		/** The pitfall is there and a waiver or the baseline accepts it. */
		ACCEPTED,

		/** It could not be checked. */
		UNKNOWN

	}

}
