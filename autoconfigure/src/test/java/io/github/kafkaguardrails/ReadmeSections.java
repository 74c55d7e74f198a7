package io.github.kafkaguardrails;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

import io.github.kafkaguardrails.metrics.KafkaGuardrailsMeter;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.Waiver;

/** The sections of the README that the code knows best. */
final class ReadmeSections {

	private static final String REFERENCE = "autoconfigure/RULES.md";

	private static final Path TEST_EXAMPLE = Path
		.of("src/test/java/io/github/kafkaguardrails/test/example/KafkaConfigurationTests.java");

	private ReadmeSections() {
	}

	/**
	 * All of them, by name.
	 * @param badSettings the settings that the example of a report is about
	 */
	static Map<String, String> all(String badSettings) {
		Map<String, String> sections = new LinkedHashMap<>();
		new ApplicationContextRunner().withConfiguration(OwnAutoConfigurations.all())
			.withPropertyValues("kafka.guardrails.topics.provisioning=none")
			.run((context) -> {
				ErrorHandlingSections errorHandling = new ErrorHandlingSections(context);
				sections.put("defaults", errorHandling.defaults());
				sections.put("strategies", errorHandling.strategies());
				sections.put("endings", errorHandling.endings());
				sections.put("listener-kinds", errorHandling.listenerKinds());
				sections.put("listener-settings", errorHandling.settings());
			});
		sections.put("report", ReportExample.of(badSettings));
		sections.put("properties", properties());
		sections.put("waiver-settings", waiverSettings());
		sections.put("test-example", testExample());
		sections.put("dead-letter-headers", DeadLetterHeadersSection.render());
		sections.put("meters", meters());
		sections.put("rules", rules());
		return sections;
	}

	private static String properties() {
		MarkdownTable table = new MarkdownTable("property", "type", "default", "meaning");
		KnownProperties.ofThisModule()
			.stream()
			.sorted(Comparator.comparing(KnownProperties.KnownProperty::name))
			.forEach((property) -> table.row(MarkdownTable.code(property.name()), type(property.type()),
					property.defaultValue().isEmpty() ? "" : MarkdownTable.code(property.defaultValue()),
					MarkdownTable.text(property.description())));
		return table.render() + "\n";
	}

	private static String type(String name) {
		Class<?> type = ClassUtils.resolveClassName(name.replaceAll("<.*", ""), ReadmeSections.class.getClassLoader());
		return type.isEnum() ? ErrorHandlingSections.constants(type) : type.getSimpleName().toLowerCase(Locale.ROOT);
	}

	private static String waiverSettings() {
		MarkdownTable table = new MarkdownTable("key", "meaning");
		List.of(Waiver.class.getRecordComponents())
			.forEach((component) -> table.row(MarkdownTable.code(component.getName()),
					MarkdownTable.text(RecordJavadoc.of(Waiver.class, component.getName()))));
		return table.render() + "\n";
	}

	/** A test that runs here, as a team would write it. */
	private static String testExample() {
		try {
			String source = Files.readString(TEST_EXAMPLE);
			String assertions = source.lines()
				.filter((line) -> line.startsWith("import static "))
				.findFirst()
				.orElseThrow();
			return "```java\n" + assertions + "\n\n" + source.substring(source.indexOf("@SpringBootTest")) + "```\n";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String meters() {
		MarkdownTable table = new MarkdownTable("meter", "type", "unit", "tags", "meaning");
		for (KafkaGuardrailsMeter meter : KafkaGuardrailsMeter.values()) {
			table.row(MarkdownTable.code(meter.meterName()), meter.type().name().toLowerCase(Locale.ROOT), meter.unit(),
					meter.tags().stream().map(MarkdownTable::code).collect(Collectors.joining(", ")),
					MarkdownTable.text(meter.meaning()));
		}
		return table.render() + "\n";
	}

	private static String rules() {
		List<Pitfall> pitfalls = PitfallCatalogue.load(List.of(), ReadmeSections.class.getClassLoader()).pitfalls();
		MarkdownTable table = new MarkdownTable("rule", "severity", "what is wrong");
		pitfalls.forEach((pitfall) -> table.row(
				"[" + MarkdownTable.code(pitfall.id()) + "](" + REFERENCE + "#" + pitfall.id() + ")",
				pitfall.severity().label(), MarkdownTable.text(pitfall.title())));
		return "Severity is that of the worst finding of a rule. " + pitfalls.size()
				+ " rules; each links to its description.\n\n" + table.render() + "\n";
	}

}
