package io.github.kafkaguardrails;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.javadoc.Javadoc;
import com.github.javaparser.javadoc.JavadocBlockTag;
import com.github.javaparser.javadoc.description.JavadocDescription;
import com.github.javaparser.javadoc.description.JavadocDescriptionElement;
import com.github.javaparser.javadoc.description.JavadocInlineTag;

/**
 * What the Javadoc of a rule says, as Markdown. A part that is missing, empty or not in
 * its place fails.
 *
 * @param what what is flagged
 * @param harm why it hurts
 * @param wrong a wrong configuration
 * @param right a right one
 * @param legitimate when it is legitimate
 * @param sources links to what it is based on
 */
record RuleJavadoc(String what, String harm, String wrong, String right, String legitimate, List<String> sources) {

	private static final Pattern PARTS = Pattern
		.compile("(?<what>\\S.*?) <p> Why it hurts: (?<harm>\\S.*?) <p> Wrong: (?<wrong>\\S.*?) Right: (?<right>\\S.*?)"
				+ " <p> Legitimate:? (?<legitimate>\\S.*)");

	private static final JavaParser PARSER = new JavaParser(
			new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17));

	private static final Pattern LINK = Pattern.compile("<a\\s+href=\\s*\"([^\"]+)\"\\s*>(.*?)</a>");

	/** Of a class of this module. */
	static RuleJavadoc of(Class<?> type) {
		Path source = Path.of("src/main/java", type.getName().replace('.', '/') + ".java");
		try {
			return of(PARSER.parse(source)
				.getResult()
				.orElseThrow(() -> new IllegalStateException(source + " cannot be parsed"))
				.getClassByName(type.getSimpleName())
				.flatMap(ClassOrInterfaceDeclaration::getJavadoc)
				.orElseThrow(() -> new IllegalStateException(type + " has no Javadoc")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static RuleJavadoc of(Javadoc javadoc) {
		String text = markdown(javadoc.getDescription());
		Matcher parts = PARTS.matcher(text);
		if (!parts.matches()) {
			throw new IllegalStateException("Expected what is flagged, 'Why it hurts: ', 'Wrong: ' with 'Right: ' and"
					+ " 'Legitimate ', each in a paragraph of its own and in this order, but found: " + text);
		}
		List<String> sources = javadoc.getBlockTags()
			.stream()
			.filter((tag) -> tag.getType() == JavadocBlockTag.Type.SEE)
			.map((tag) -> link(markdown(tag.getContent())))
			.toList();
		if (sources.isEmpty()) {
			throw new IllegalStateException("Expected @see with a link, but found none below: " + text);
		}
		return new RuleJavadoc(parts.group("what"), parts.group("harm"), parts.group("wrong"), parts.group("right"),
				parts.group("legitimate"), sources);
	}

	private static String link(String html) {
		Matcher link = LINK.matcher(html);
		if (!link.matches()) {
			throw new IllegalStateException("Expected @see <a href=\"…\">…</a>, but found: " + html);
		}
		return "[" + link.group(2) + "](" + link.group(1) + ")";
	}

	/** One line, in which code stays code. */
	private static String markdown(JavadocDescription description) {
		List<String> texts = new ArrayList<>();
		for (JavadocDescriptionElement element : description.getElements()) {
			texts.add((element instanceof JavadocInlineTag tag) ? code(tag) : element.toText());
		}
		return texts.stream().collect(Collectors.joining()).replaceAll("\\s+", " ").trim();
	}

	private static String code(JavadocInlineTag tag) {
		return switch (tag.getType()) {
			case CODE, LITERAL, LINK -> "`" + tag.getContent().trim() + "`";
			default -> throw new IllegalStateException("A rule does not use " + tag.toText());
		};
	}

}
