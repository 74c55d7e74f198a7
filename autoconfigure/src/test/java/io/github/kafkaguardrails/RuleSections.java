package io.github.kafkaguardrails;

import java.io.File;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;

/** The sections of the rule reference. */
final class RuleSections {

	private static final String TESTS = "src/test/java/";

	private RuleSections() {
	}

	static Map<String, String> all() {
		Map<String, Class<?>> types = types();
		List<Pitfall> pitfalls = PitfallCatalogue.load(List.of(), RuleSections.class.getClassLoader()).pitfalls();
		Map<String, List<Method>> proofs = proofs();
		Map<String, String> sections = new LinkedHashMap<>();
		sections.put("contents", contents(pitfalls, proofs));
		sections.put("rules",
				pitfalls.stream()
					.map((pitfall) -> entry(pitfall, RuleJavadoc.of(Objects.requireNonNull(types.get(pitfall.id()))),
							proofs.getOrDefault(pitfall.id(), List.of())))
					.collect(Collectors.joining("\n")));
		return sections;
	}

	/** The classes that describe what can be found, by id. */
	static Map<String, Class<?>> types() {
		Map<String, Class<?>> types = new TreeMap<>();
		for (Class<?> type : classes(Path.of("src/main/java"), Pitfall.class)) {
			Pitfall pitfall = type.getAnnotation(Pitfall.class);
			if (pitfall != null) {
				types.put(pitfall.id(), type);
			}
		}
		return types;
	}

	/** The tests that show the harm of a pitfall, by the id of its rule. */
	static Map<String, List<Method>> proofs() {
		Map<String, List<Method>> proofs = new TreeMap<>();
		for (Class<?> type : classes(Path.of(TESTS), Proves.class)) {
			for (Method method : type.getDeclaredMethods()) {
				Proves proves = method.getAnnotation(Proves.class);
				if (proves != null) {
					proofs.computeIfAbsent(proves.value(), (id) -> new ArrayList<>()).add(method);
				}
			}
		}
		return proofs;
	}

	/** The classes of a folder whose source mentions an annotation. */
	private static List<Class<?>> classes(Path sources, Class<? extends Annotation> annotation) {
		List<Class<?>> classes = new ArrayList<>();
		String mention = "@" + annotation.getSimpleName() + "(";
		try (Stream<Path> files = Files.walk(sources)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).sorted().toList()) {
				if (Files.readString(file).contains(mention)) {
					String name = sources.relativize(file).toString().replace(File.separatorChar, '.');
					classes.add(Class.forName(name.substring(0, name.length() - ".java".length()), false,
							RuleSections.class.getClassLoader()));
				}
			}
		}
		catch (IOException | ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
		return classes;
	}

	private static String contents(List<Pitfall> pitfalls, Map<String, List<Method>> proofs) {
		MarkdownTable table = new MarkdownTable("rule", "severity", "proven", "what is wrong");
		pitfalls.forEach((pitfall) -> table.row("[" + MarkdownTable.code(pitfall.id()) + "](#" + pitfall.id() + ")",
				pitfall.severity().label(), proofs.containsKey(pitfall.id()) ? "yes" : "",
				MarkdownTable.text(pitfall.title())));
		return pitfalls.size() + " rules, " + proofs.size() + " of them proven.\n\n" + table.render() + "\n";
	}

	private static String entry(Pitfall pitfall, RuleJavadoc javadoc, List<Method> proofs) {
		List<String> facts = new ArrayList<>();
		facts.add(pitfall.severity().label());
		facts.add("looks at the " + pitfall.scope().name().toLowerCase(Locale.ROOT));
		facts.add("since " + pitfall.since());
		if (pitfall.aliases().length > 0) {
			facts.add("formerly "
					+ List.of(pitfall.aliases()).stream().map(MarkdownTable::code).collect(Collectors.joining(", ")));
		}
		List<String> parts = new ArrayList<>();
		parts.add("## " + pitfall.id());
		parts.add("**" + MarkdownTable.text(pitfall.title()) + "** (" + String.join("; ", facts) + ")");
		parts.add(javadoc.what());
		parts.add("*Why it hurts:* " + javadoc.harm());
		parts.add("*Wrong:* " + javadoc.wrong());
		parts.add("*Right:* " + javadoc.right());
		parts.add("*Legitimate:* " + javadoc.legitimate());
		if (!proofs.isEmpty()) {
			parts.add("*Proven by* "
					+ proofs.stream().map(RuleSections::proof).sorted().collect(Collectors.joining(", ")));
		}
		parts.add("*Sources:* " + String.join(", ", javadoc.sources()));
		return String.join("\n\n", parts) + "\n";
	}

	private static String proof(Method method) {
		String test = method.getDeclaringClass().getSimpleName() + "." + method.getName();
		return "[" + MarkdownTable.code(test) + "](" + TESTS + method.getDeclaringClass().getName().replace('.', '/')
				+ ".java)";
	}

}
