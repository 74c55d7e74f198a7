package io.github.kafkaguardrails.pitfall.sarif;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.ValueOrigin;

/** Where a value was set, as SARIF says it. */
final class SarifLocation {

	private static final Pattern LINE = Pattern.compile("(.+?):(\\d+):(\\d+)");

	private SarifLocation() {
	}

	/** Whether the value stands in a line of a file. */
	static boolean inFile(ConfigValue value) {
		return value.origin().kind() == ValueOrigin.Kind.PROPERTY && LINE.matcher(value.origin().location()).matches();
	}

	static Map<String, Object> of(ConfigValue value) {
		Map<String, Object> location = new LinkedHashMap<>();
		Matcher line = LINE.matcher(value.origin().location());
		if (inFile(value) && line.matches()) {
			location.put("physicalLocation", Map.of("artifactLocation", Map.of("uri", uri(line.group(1))), "region", Map
				.of("startLine", Integer.valueOf(line.group(2)), "startColumn", Integer.valueOf(line.group(3)))));
		}
		else {
			location.put("logicalLocations",
					List.of(logical(value.origin().location(), label(value.origin().kind().name()))));
		}
		location.put("message", Map.of("text", value.key() + " = " + value.text()));
		return location;
	}

	/** What a finding is about. */
	static List<Map<String, Object>> logical(List<Subject> subjects) {
		return subjects.stream().map((subject) -> logical(subject.name(), label(subject.kind().name()))).toList();
	}

	private static Map<String, Object> logical(String name, String kind) {
		Map<String, Object> location = new LinkedHashMap<>();
		location.put("name", name);
		location.put("fullyQualifiedName", kind + "/" + name);
		location.put("kind", kind);
		return location;
	}

	private static String label(String constant) {
		return constant.toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** A path may hold characters that a URI does not. */
	private static String uri(String path) {
		try {
			return new URI(path.startsWith("/") ? "file" : null, path.startsWith("/") ? "" : null, path, null)
				.toString();
		}
		catch (URISyntaxException ex) {
			return path.replaceAll("[^A-Za-z0-9./_-]", "_");
		}
	}

}
