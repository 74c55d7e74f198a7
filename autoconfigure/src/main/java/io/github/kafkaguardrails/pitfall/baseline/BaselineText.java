package io.github.kafkaguardrails.pitfall.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.kafkaguardrails.pitfall.Baseline;

/**
 * Writes a baseline as YAML that people can review: one entry after the other, in a fixed
 * order, without secrets.
 *
 * @since 0.1.0
 */
public final class BaselineText {

	private static final String HEADER = """
			# Findings of Kafka Guardrails that are accepted because they were there before it was.
			# Mend them one after the other and delete their entries; never add one by hand.
			""";

	private BaselineText() {
	}

	/** The text of a file that {@link BaselineFile} reads. */
	public static String of(Baseline baseline) {
		List<String> lines = new ArrayList<>();
		lines.add(BaselineReader.DATE + ": " + quote(baseline.date().toString()));
		lines.add(BaselineReader.CLUSTERS + ": " + baseline.clusters());
		lines.add(BaselineReader.FINDINGS + ":" + (baseline.entries().isEmpty() ? " []" : ""));
		for (Baseline.Entry entry : baseline.entries()) {
			lines.add("  - " + BaselineReader.RULE + ": " + quote(entry.rule()));
			lines.add("    " + BaselineReader.SUBJECT + ": " + quote(entry.subject()));
			lines.add("    " + BaselineReader.ABOUT + ": " + quote(entry.about()));
			lines.add("    " + BaselineReader.FINGERPRINT + ": " + quote(entry.fingerprint()));
		}
		return HEADER + String.join("\n", lines) + "\n";
	}

	/** A text in double quotes, as YAML and JSON have it. */
	private static String quote(String text) {
		return text.codePoints().mapToObj(BaselineText::escaped).collect(Collectors.joining("", "\"", "\""));
	}

	private static String escaped(int character) {
		if (character == '"' || character == '\\') {
			return "\\" + (char) character;
		}
		return Character.isISOControl(character) ? String.format(Locale.ROOT, "\\u%04x", character)
				: Character.toString(character);
	}

}
