package io.github.kafkaguardrails.samples.benchmark;

import java.util.function.DoublePredicate;

/**
 * The limit that a measured value has to keep.
 *
 * @param text the limit as it is printed
 * @param kept whether a value keeps it
 */
record Budget(String text, DoublePredicate kept) {

	/** What is printed for a value: {@code ok} or {@code over}. */
	String judge(double value) {
		return this.kept.test(value) ? "ok" : "over";
	}

	static Budget atLeast(double limit, String text) {
		return new Budget(">= " + text, (value) -> value >= limit);
	}

	static Budget atMost(double limit, String text) {
		return new Budget("<= " + text, (value) -> value <= limit);
	}

}
