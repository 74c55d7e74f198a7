package io.github.kafkaguardrails.pitfall;

import java.util.Locale;

/**
 * How bad a finding is, worst first.
 *
 * @since 0.1.0
 */
public enum Severity {

	/** Certain loss, certain corruption or a certain failure at run time. */
	ERROR,

	/** A real hazard under a condition that is likely to occur. */
	WARNING,

	/** A trade-off to know. */
	INFO;

	/** The name as it is written in settings and reports. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
