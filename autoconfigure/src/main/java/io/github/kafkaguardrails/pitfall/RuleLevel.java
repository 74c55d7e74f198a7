package io.github.kafkaguardrails.pitfall;

import org.jspecify.annotations.Nullable;

/**
 * The level that a user gives to a rule: a severity, or off.
 *
 * @since 0.1.0
 */
public enum RuleLevel {

	/** Findings of the rule are errors. */
	ERROR(Severity.ERROR),

	/** Findings of the rule are warnings. */
	WARNING(Severity.WARNING),

	/** Findings of the rule are for information. */
	INFO(Severity.INFO),

	/** The rule does not run. */
	OFF(null);

	private final @Nullable Severity severity;

	RuleLevel(@Nullable Severity severity) {
		this.severity = severity;
	}

	/** The severity, or {@code null} when the rule is off. */
	public @Nullable Severity severity() {
		return this.severity;
	}

}
