package io.github.kafkaguardrails;

import java.io.IOException;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the sections of a document with what the code says. With
 * {@code -Dreadme.update=true} they are written anew.
 */
final class GeneratedSections {

	private static final String UPDATE = "readme.update";

	private static final String OUT_OF_DATE = "%s is out of date: run `mvn -pl autoconfigure test"
			+ " -Dtest=ReadmeTests,ReferenceTests -D" + UPDATE + "=true`; section '%s'";

	private GeneratedSections() {
	}

	/** Whether documents are being written, so that links between them may be dead. */
	static boolean updating() {
		return Boolean.getBoolean(UPDATE);
	}

	/**
	 * Compare or write.
	 * @param document the document, which has exactly these sections
	 * @param sections their texts, by name
	 */
	static void verify(MarkdownDocument document, Map<String, String> sections) throws IOException {
		assertThat(document.sections()).containsExactlyInAnyOrderElementsOf(sections.keySet());
		MarkdownDocument current = document;
		if (updating()) {
			for (Map.Entry<String, String> section : sections.entrySet()) {
				current = current.withSection(section.getKey(), section.getValue());
			}
			current.write();
		}
		for (Map.Entry<String, String> section : sections.entrySet()) {
			assertThat(current.section(section.getKey()))
				.as(OUT_OF_DATE, document.file().getFileName(), section.getKey())
				.isEqualTo(section.getValue());
		}
	}

}
