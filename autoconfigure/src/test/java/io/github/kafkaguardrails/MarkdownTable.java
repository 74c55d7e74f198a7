package io.github.kafkaguardrails;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A table in the dialect of GitHub. */
final class MarkdownTable {

	private final List<String> columns;

	private final List<List<String>> rows = new ArrayList<>();

	MarkdownTable(String... columns) {
		this.columns = List.of(columns);
	}

	/** Add a row of cells that are Markdown already. */
	MarkdownTable row(String... cells) {
		assertThat(cells).hasSameSizeAs(this.columns);
		this.rows.add(List.of(cells));
		return this;
	}

	/** Text as it is, also where Markdown or HTML would read more into it. */
	static String text(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replaceAll("([*_`\\[\\]])", "\\\\$1");
	}

	static String code(Object value) {
		return "`" + value + "`";
	}

	/** The table; a table without rows fails, because then nothing was looked at. */
	String render() {
		assertThat(this.rows).as("rows of the table with the columns %s", this.columns).isNotEmpty();
		List<String> lines = new ArrayList<>();
		lines.add(line(this.columns));
		lines.add(line(Collections.nCopies(this.columns.size(), "---")));
		this.rows.forEach((row) -> lines.add(line(row)));
		return String.join("\n", lines);
	}

	private static String line(List<String> cells) {
		return "| " + String.join(" | ", cells.stream().map((cell) -> cell.replace("|", "\\|")).toList()) + " |";
	}

}
