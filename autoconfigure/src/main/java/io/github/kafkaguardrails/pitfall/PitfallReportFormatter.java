package io.github.kafkaguardrails.pitfall;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Writes a report as text for people. The failure analysis and the log show the same
 * text.
 *
 * @since 0.1.0
 */
public final class PitfallReportFormatter {

	private static final int SEVERITY_WIDTH = 9;

	private static final int COLUMN_WIDTH = 40;

	private static final int LABEL_WIDTH = 6;

	private static final int NAMED_SUBJECTS = 3;

	private static final String INDENT = " ".repeat(SEVERITY_WIDTH);

	/** The violations of a report, or an empty text when there are none. */
	public String format(PitfallReport report) {
		return report.violations().stream().map(PitfallReportFormatter::format).collect(Collectors.joining("\n\n"));
	}

	/** The number of findings by severity, for example {@code 1 error, 2 warnings}. */
	public String summary(PitfallReport report) {
		return List.of(Severity.values())
			.stream()
			.filter((severity) -> report.count(severity) > 0)
			.map((severity) -> count(report.count(severity), severity))
			.collect(Collectors.collectingAndThen(Collectors.joining(", "),
					(text) -> text.isEmpty() ? "no findings" : text));
	}

	private static String count(long count, Severity severity) {
		String label = severity.label();
		return count + " " + ((count == 1 || severity == Severity.INFO) ? label : label + "s");
	}

	private static String format(ReportedFinding finding) {
		StringBuilder text = new StringBuilder();
		text.append(columns(pad(finding.severity().label(), SEVERITY_WIDTH) + finding.rule(),
				SEVERITY_WIDTH + COLUMN_WIDTH + 3, subjects(finding.subjects())));
		for (ConfigValue value : finding.evidence()) {
			text.append('\n')
				.append(columns(INDENT + value.key() + " = " + value.text(), SEVERITY_WIDTH + COLUMN_WIDTH,
						value.origin().toString()));
		}
		text.append('\n').append(INDENT).append(finding.harm());
		for (Fix fix : finding.fixes()) {
			text.append('\n').append(INDENT).append(label(fix.kind().label())).append(fix.text());
		}
		text.append('\n')
			.append(INDENT)
			.append(label("Or"))
			.append("kafka.guardrails.rules.")
			.append(finding.rule())
			.append(": ")
			.append((finding.severity() == Severity.ERROR) ? "warning" : "off")
			.append(" | a waiver with a reason");
		if (finding.documentation() != null) {
			text.append('\n').append(INDENT).append(label("More")).append(finding.documentation());
		}
		return text.toString();
	}

	private static String subjects(List<Subject> subjects) {
		String named = subjects.stream().limit(NAMED_SUBJECTS).map(Subject::toString).collect(Collectors.joining(", "));
		int more = subjects.size() - NAMED_SUBJECTS;
		return (more > 0) ? named + String.format(Locale.ROOT, " and %d more", more) : named;
	}

	private static String label(String label) {
		return pad(label + " ", LABEL_WIDTH);
	}

	private static String columns(String left, int width, String right) {
		return (left.length() < width) ? pad(left, width) + right : left + "  " + right;
	}

	private static String pad(String text, int width) {
		return text + " ".repeat(Math.max(0, width - text.length()));
	}

}
