package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.kafkaguardrails.setup.ConfigValue;

/**
 * Tells whether a plug-in of a client may read a key: every class that the configuration
 * names (serializers, interceptors, reporters, strategies, login handlers) is asked for
 * the texts that it, its parents and its configuration classes mention. Only class files
 * are read; nothing is loaded. One object serves one check, because it remembers.
 */
final class PluginKeys {

	private static final int MAX_CLASSES = 200;

	private static final Pattern CLASS_NAME = Pattern.compile("(?:[\\p{Ll}_][\\w]*\\.)+\\p{Lu}[\\w$]*");

	private static final Pattern LIBRARY = Pattern
		.compile("\\[.*|(java|javax|jdk|sun|kotlin|scala|org\\.slf4j|org\\.apache\\.avro|com\\.google)\\..*");

	private static final Pattern HOLDS_KEYS = Pattern
		.compile(".+(Configs?|Configuration|Constants|Properties|Keys|Settings|Options)(\\$.+)?");

	private final Map<String, Set<String>> texts = new HashMap<>();

	private final ClassLoader classLoader;

	PluginKeys() {
		ClassLoader context = Thread.currentThread().getContextClassLoader();
		this.classLoader = (context != null) ? context : PluginKeys.class.getClassLoader();
	}

	/** Whether something that is plugged into the client mentions the key. */
	boolean mention(ConfiguredClient client, String key) {
		Set<String> classes = new HashSet<>(client.serdes());
		for (ConfigValue value : client.config().given()) {
			CLASS_NAME.matcher(client.config().string(value.key()))
				.results()
				.map(MatchResult::group)
				.forEach(classes::add);
		}
		return classes.stream()
			.map((name) -> this.texts.computeIfAbsent(name, this::textsOf))
			.anyMatch((texts) -> mention(texts, key));
	}

	private static boolean mention(Set<String> texts, String key) {
		if (texts.contains(key)) {
			return true;
		}
		return texts.stream().anyMatch((text) -> text.length() > 2 && text.endsWith(".") && key.startsWith(text));
	}

	/** The texts of a class, of its parents and of the configuration classes it names. */
	private Set<String> textsOf(String className) {
		Set<String> texts = new HashSet<>();
		Deque<String> next = new ArrayDeque<>(List.of(className, className + "Config"));
		Set<String> seen = new HashSet<>(next);
		while (!next.isEmpty() && seen.size() < MAX_CLASSES) {
			String current = next.remove();
			ClassFile.read(current, this.classLoader).ifPresent((file) -> {
				texts.addAll(file.texts());
				Stream.concat(file.parents().stream(), file.classes().stream().filter((name) -> related(current, name)))
					.filter((name) -> !LIBRARY.matcher(name).matches() && seen.add(name))
					.forEach(next::add);
			});
		}
		return texts;
	}

	private static boolean related(String className, String other) {
		return other.startsWith(className + "$") || HOLDS_KEYS.matcher(other).matches();
	}

}
