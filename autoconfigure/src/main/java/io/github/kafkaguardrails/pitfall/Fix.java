package io.github.kafkaguardrails.pitfall;

import java.util.Objects;

/**
 * One way to mend a finding.
 *
 * @param kind what is to be done
 * @param text for {@link Kind#SET} a line of YAML, for {@link Kind#DELETE} the name of a
 * property, for {@link Kind#DO} a sentence or command
 * @since 0.1.0
 */
public record Fix(Kind kind, String text) {

	public Fix {
		Objects.requireNonNull(kind, "'kind' must not be null");
		Objects.requireNonNull(text, "'text' must not be null");
	}

	/**
	 * Set a property.
	 * @param property full name
	 * @param value value as it is written in YAML
	 */
	public static Fix set(String property, Object value) {
		return new Fix(Kind.SET, property + ": " + value);
	}

	/**
	 * Delete a property.
	 * @param property name as the user wrote it
	 */
	public static Fix delete(String property) {
		return new Fix(Kind.DELETE, property);
	}

	/**
	 * Do something that no property does.
	 * @param action imperative sentence or command
	 */
	public static Fix action(String action) {
		return new Fix(Kind.DO, action);
	}

	/** What is to be done. */
	public enum Kind {

		/** Write a line of YAML. */
		SET("Set"),

		/** Delete a property. */
		DELETE("Delete"),

		/** Do something else. */
		DO("Do");

		private final String label;

		Kind(String label) {
			this.label = label;
		}

		/** The word that introduces the text in a report. */
		public String label() {
			return this.label;
		}

	}

}
