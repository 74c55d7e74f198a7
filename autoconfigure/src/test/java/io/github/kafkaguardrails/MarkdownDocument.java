package io.github.kafkaguardrails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Markdown file with sections between the markers {@code <!-- name:begin -->} and
 * {@code <!-- name:end -->}.
 *
 * @param file the file
 * @param text what is in it
 */
record MarkdownDocument(Path file, String text) {

	private static final Pattern MARKER = Pattern.compile("<!-- ([a-z-]+):begin -->");

	private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]*)\\n(.*?)^```$");

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

	static MarkdownDocument read(Path file) throws IOException {
		return new MarkdownDocument(file, Files.readString(file));
	}

	void write() throws IOException {
		Files.writeString(this.file, this.text);
	}

	/** Names of the sections, in their order. */
	List<String> sections() {
		return groups(MARKER, this.text, 1);
	}

	String section(String name) {
		return this.text.substring(begin(name), end(name));
	}

	/** A copy with another text in a section. */
	MarkdownDocument withSection(String name, String content) {
		return new MarkdownDocument(this.file,
				this.text.substring(0, begin(name)) + content + this.text.substring(end(name)));
	}

	private int begin(String name) {
		String marker = "<!-- " + name + ":begin -->\n";
		return index(marker) + marker.length();
	}

	private int end(String name) {
		return index("<!-- " + name + ":end -->\n");
	}

	private int index(String marker) {
		int index = this.text.indexOf(marker);
		if (index < 0 || index != this.text.lastIndexOf(marker)) {
			throw new IllegalStateException(this.file + " must have one line " + marker);
		}
		return index;
	}

	/** Blocks of code in a language. */
	List<String> blocks(String language) {
		return BLOCK.matcher(this.text)
			.results()
			.filter((block) -> block.group(1).equals(language))
			.map((block) -> block.group(2))
			.toList();
	}

	/** Targets of all links outside blocks of code. */
	List<String> links() {
		return groups(LINK, prose(), 1);
	}

	/** Targets of the links that stay in the repository. */
	List<String> relativeLinks() {
		return links().stream().filter((link) -> !link.startsWith("https://")).toList();
	}

	/** Those of them that lead nowhere. */
	List<String> brokenLinks() throws IOException {
		List<String> broken = new ArrayList<>();
		for (String link : relativeLinks()) {
			int anchor = link.indexOf('#');
			String target = (anchor < 0) ? link : link.substring(0, anchor);
			Path path = target.isEmpty() ? this.file : this.file.toAbsolutePath().resolveSibling(target);
			if (!Files.exists(path) || (anchor >= 0 && !read(path).anchors().contains(link.substring(anchor + 1)))) {
				broken.add(link);
			}
		}
		return broken;
	}

	/** What links inside the file may point to. */
	Set<String> anchors() {
		return groups(HEADING, prose(), 1).stream()
			.map((heading) -> heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
			.collect(Collectors.toSet());
	}

	private String prose() {
		return BLOCK.matcher(this.text).replaceAll("");
	}

	private static List<String> groups(Pattern pattern, String text, int group) {
		return pattern.matcher(text).results().map((MatchResult result) -> result.group(group)).toList();
	}

}
