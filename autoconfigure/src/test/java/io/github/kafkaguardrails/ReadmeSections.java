package io.github.kafkaguardrails;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

import io.github.kafkaguardrails.metrics.KafkaGuardrailsMeter;
import io.github.kafkaguardrails.pitfall.Enforcement;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallSettings;
import io.github.kafkaguardrails.pitfall.ReportedFinding;
import io.github.kafkaguardrails.pitfall.Waiver;
import io.github.kafkaguardrails.setup.TestSetup;

/** The sections of the README that the code knows best. */
final class ReadmeSections {

	private static final String SOURCES = "autoconfigure/src/main/java/";

	private ReadmeSections() {
	}

	/**
	 * All of them, by name.
	 * @param badSettings the settings that the example of a report is about
	 */
	static Map<String, String> all(String badSettings) {
		Map<String, String> sections = new LinkedHashMap<>();
		new ApplicationContextRunner().withConfiguration(OwnAutoConfigurations.all()).run((context) -> {
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
		List<ServiceLoader.Provider<PitfallRule>> rules = ServiceLoader.load(PitfallRule.class).stream().toList();
		List<String[]> rows = new ArrayList<>();
		for (ServiceLoader.Provider<PitfallRule> rule : rules) {
			Pitfall pitfall = rule.type().getAnnotation(Pitfall.class);
			rows.add(row(pitfall.id(), rule.type(), pitfall.severity().label(), pitfall.title()));
		}
		ReportedFinding expired = expiredWaiver();
		rows.add(row(expired.rule(), PitfallCatalogue.class, expired.severity().label(), expired.title()));
		MarkdownTable table = new MarkdownTable("rule", "severity", "what is wrong");
		rows.stream().sorted(Comparator.comparing((row) -> row[0])).forEach(table::row);
		return "Severity is that of the worst finding of a rule. " + rows.size()
				+ " rules; each links to its description.\n\n" + table.render() + "\n";
	}

	private static String[] row(String id, Class<?> source, String severity, String title) {
		return new String[] {
				"[" + MarkdownTable.code(id) + "](" + SOURCES + source.getName().replace('.', '/') + ".java)", severity,
				MarkdownTable.text(title) };
	}

	/** The one finding that no rule makes. */
	private static ReportedFinding expiredWaiver() {
		LocalDate today = LocalDate.EPOCH;
		Waiver waiver = new Waiver("any", "*", "reason", today.minusDays(1));
		return new PitfallCatalogue(List.of())
			.check(TestSetup.application().build(), new PitfallSettings(Enforcement.FAIL, Map.of(), List.of(waiver)),
					today)
			.findings()
			.get(0);
	}

}
