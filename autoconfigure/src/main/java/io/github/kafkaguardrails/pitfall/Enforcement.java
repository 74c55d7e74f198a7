package io.github.kafkaguardrails.pitfall;

/**
 * What happens when findings of severity error are there at start-up.
 *
 * @since 0.1.0
 */
public enum Enforcement {

	/** The start-up fails with one report of all findings. */
	FAIL,

	/** The same report is logged as a warning. */
	WARN,

	/** Nothing is checked at start-up. */
	OFF

}
