package io.github.kafkaguardrails;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what the Javadoc of a record says about its components. */
final class RecordJavadoc {

	private RecordJavadoc() {
	}

	/** The description of a component, in one line. */
	static String of(Class<?> type, String component) {
		String source = source(type);
		int declaration = source.indexOf("record " + type.getSimpleName() + "(");
		String javadoc = source.substring(source.lastIndexOf("/**", declaration), declaration);
		Matcher param = Pattern.compile("@param " + component + " ((?:[^@]|@(?![a-z]))*?)\\s*\\*\\s*(@|/)")
			.matcher(javadoc);
		if (!param.find()) {
			throw new IllegalStateException("No Javadoc of " + component + " in " + type);
		}
		return param.group(1).replaceAll("\\s*\\n\\s*\\* ", " ");
	}

	private static String source(Class<?> type) {
		String file = type.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java";
		try {
			return Files.readString(Path.of("src/main/java", file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
