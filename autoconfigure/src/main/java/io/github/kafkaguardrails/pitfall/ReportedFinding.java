package io.github.kafkaguardrails.pitfall;

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
 * @since 0.1.0
 */
public record ReportedFinding(String rule, String title, Severity severity, State state, List<Subject> subjects,
		List<ConfigValue> evidence, String harm, List<Fix> fixes, @Nullable Waiver waiver) {

	public ReportedFinding {
		subjects = List.copyOf(subjects);
		evidence = List.copyOf(evidence);
		fixes = List.copyOf(fixes);
	}

	/** What is known about a finding. */
	public enum State {

		/** The pitfall is there. */
		VIOLATED,

		/** The pitfall is there and a waiver accepts it. */
		ACCEPTED,

		/** It could not be checked. */
		UNKNOWN

	}

}
