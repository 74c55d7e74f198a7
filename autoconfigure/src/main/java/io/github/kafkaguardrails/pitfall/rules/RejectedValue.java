package io.github.kafkaguardrails.pitfall.rules;

import java.util.Locale;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.Subject;

/**
 * A value that a Kafka client refuses. The words are our own: the message of the client's
 * exception repeats the value, which may be a secret.
 *
 * @param value the refused value
 * @param expectation what the client expects instead, ready to follow "must be"
 * @param fix how to mend it
 */
record RejectedValue(ConfigValue value, String expectation, Fix fix) {

	static RejectedValue of(ConfigDef.ConfigKey key, ConfigValue value) {
		String expectation = expectation(key) + givenAs(key, value) + KnownMistakes.remark(value);
		Fix fix = KnownMistakes.replacement(key, value)
			.map((replacement) -> Remedy.change(value, replacement))
			.orElseGet(() -> withoutReplacement(key, value));
		return new RejectedValue(value, expectation, fix);
	}

	private static Fix withoutReplacement(ConfigDef.ConfigKey key, ConfigValue value) {
		if (!key.hasDefault()) {
			return missing(value).fix();
		}
		boolean names = key.type == ConfigDef.Type.CLASS || RejectedValues.CLASS_LISTS.contains(key.name);
		return (names && !KnownMistakes.superfluous(value))
				? Fix.action("correct the class name in " + value.key() + ", or add the library that holds the class")
				: Remedy.delete(value);
	}

	static RejectedValue missing(ConfigValue value) {
		return new RejectedValue(value, "set", Fix.action("give the client a value for " + value.key()));
	}

	Finding toFinding(Subject subject, String consequence) {
		return Finding.of(subject, "'" + this.value.key() + "' must be " + this.expectation + ". " + consequence)
			.withEvidence(this.value)
			.withFix(this.fix);
	}

	private static String expectation(ConfigDef.ConfigKey key) {
		return switch (key.type) {
			case BOOLEAN -> "true or false";
			case INT, LONG, SHORT -> number(key) + range(key);
			case DOUBLE -> "a number" + range(key);
			case CLASS -> "a class that can be loaded";
			case LIST ->
				RejectedValues.CLASS_LISTS.contains(key.name) ? "a comma-separated list of classes that can be loaded"
						: "a comma-separated list without empty elements";
			case STRING -> text(key);
			case PASSWORD -> "a text";
		};
	}

	private static String number(ConfigDef.ConfigKey key) {
		return key.name.endsWith(".ms") ? "a plain number of milliseconds" : "a whole number";
	}

	private static String range(ConfigDef.ConfigKey key) {
		String limit = (key.type == ConfigDef.Type.INT) ? " to " + Integer.MAX_VALUE : " or more";
		return (key.validator == null) ? ""
				: ", " + key.validator.toString()
					.replaceAll("\\[([-.\\d]+),\\.\\.\\.,([-.\\d]+)]", "$1 to $2")
					.replaceAll("\\[([-.\\d]+),\\.\\.\\.]", "$1" + limit);
	}

	private static String text(ConfigDef.ConfigKey key) {
		String allowed = (key.validator == null) ? "" : key.validator.toString();
		if (allowed.contains("[")) {
			return "one of " + allowed.substring(allowed.indexOf('[') + 1, allowed.lastIndexOf(']'));
		}
		return allowed.toLowerCase(Locale.ROOT).contains("non-empty") ? "a text that is not empty" : "a text";
	}

	/** Code gives values of types that the client does not convert. */
	private static String givenAs(ConfigDef.ConfigKey key, ConfigValue value) {
		Object given = value.value();
		if (given == null || given instanceof String) {
			return "";
		}
		try {
			ConfigDef.parseType(key.name, given, key.type);
			return "";
		}
		catch (ConfigException ex) {
			return ", not an object of type " + given.getClass().getName();
		}
	}

}
