package io.github.kafkaguardrails;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.context.ApplicationContext;
import org.springframework.util.unit.DataSize;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.EndingStrategy;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingProperties;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingSettings;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingStrategy;
import io.github.kafkaguardrails.errorhandling.Guarantee;
import io.github.kafkaguardrails.errorhandling.RetryMode;
import io.github.kafkaguardrails.errorhandling.RetryPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README says about the handling of failing records. */
final class ErrorHandlingSections {

	private static final ErrorHandlingSettings DEFAULTS = ErrorHandlingSettings.of(List.of());

	private final List<ErrorHandlingStrategy> strategies;

	private final List<EndingStrategy> endings;

	ErrorHandlingSections(ApplicationContext context) {
		this.strategies = context.getBeanProvider(ErrorHandlingStrategy.class)
			.stream()
			.sorted(Comparator.comparing(ErrorHandlingStrategy::mode))
			.toList();
		this.endings = context.getBeanProvider(EndingStrategy.class)
			.stream()
			.sorted(Comparator.comparing(EndingStrategy::ending))
			.toList();
		assertThat(this.strategies).extracting(ErrorHandlingStrategy::mode).containsExactly(RetryMode.values());
		assertThat(this.endings).extracting(EndingStrategy::ending).containsExactly(Ending.values());
	}

	String defaults() {
		RetryPolicy policy = new RetryPolicy(DEFAULTS, null, () -> 0.5);
		String pauses = IntStream.range(1, DEFAULTS.maxAttempts())
			.mapToObj((attempt) -> text(policy.pauseAfter(attempt)))
			.collect(Collectors.joining(", "));
		return "- A record whose processing fails is delivered up to " + DEFAULTS.maxAttempts()
				+ " times (`retry.mode: " + label(DEFAULTS.mode()) + "`), with pauses of about " + pauses
				+ " between the deliveries.\n" + "- After the last one it ends as `then: " + label(DEFAULTS.ending())
				+ "` says; the dead-letter topic is `" + DEFAULTS.deadLetterTopic() + "`.\n";
	}

	String strategies() {
		MarkdownTable table = new MarkdownTable("`retry.mode`", "keeps", "costs");
		this.strategies.forEach((strategy) -> table.row(MarkdownTable.code(label(strategy.mode())),
				strategy.guarantees()
					.stream()
					.sorted()
					.map(Guarantee::text)
					.map(MarkdownTable::text)
					.collect(Collectors.joining("; ")),
				MarkdownTable.text(strategy.cost())));
		return table.render() + "\n";
	}

	String endings() {
		MarkdownTable table = new MarkdownTable("`then`", "keeps the record", "costs");
		this.endings.forEach((ending) -> table.row(MarkdownTable.code(label(ending.ending())),
				ending.keepsRecord() ? "yes" : "no", MarkdownTable.text(ending.cost())));
		return table.render() + "\n";
	}

	String listenerKinds() {
		List<String> columns = new ArrayList<>(List.of("listener"));
		this.strategies.forEach((strategy) -> columns.add(MarkdownTable.code(label(strategy.mode()))));
		MarkdownTable table = new MarkdownTable(columns.toArray(String[]::new));
		for (ListenerKind kind : ListenerKind.values()) {
			List<String> cells = new ArrayList<>(List.of(kind.text()));
			this.strategies
				.forEach((strategy) -> cells.add(strategy.refusals(kind.listener()).isEmpty() ? "yes" : "refused"));
			table.row(cells.toArray(String[]::new));
		}
		return table.render() + "\n";
	}

	String settings() {
		MarkdownTable table = new MarkdownTable("key", "default", "meaning");
		addSettings(table, "", ErrorHandlingProperties.class);
		return table.render() + "\n";
	}

	private static void addSettings(MarkdownTable table, String prefix, Class<?> type) {
		for (RecordComponent component : type.getRecordComponents()) {
			String key = prefix + DataObjectPropertyName.toDashedForm(component.getName());
			if (component.getType().isRecord()) {
				addSettings(table, key + ".", component.getType());
			}
			else {
				String meaning = MarkdownTable.text(RecordJavadoc.of(type, component.getName()));
				table.row(MarkdownTable.code(key), defaultOf(key),
						component.getType().isEnum() ? meaning + ": " + constants(component.getType()) : meaning);
			}
		}
	}

	private static String defaultOf(String key) {
		if (key.startsWith("ordered.")) {
			return valueOf(DEFAULTS.ordered(), key.substring("ordered.".length()));
		}
		Map<String, String> renamed = Map.of("then", "ending", "dead-letter.topic", "dead-letter-topic");
		return valueOf(DEFAULTS, renamed.getOrDefault(key, key.substring(key.lastIndexOf('.') + 1)));
	}

	private static String valueOf(Record defaults, String name) {
		for (RecordComponent component : defaults.getClass().getRecordComponents()) {
			if (DataObjectPropertyName.toDashedForm(component.getName()).equals(name)) {
				return value(component, defaults);
			}
		}
		throw new IllegalStateException("No default of " + name + " in " + defaults.getClass());
	}

	private static String value(RecordComponent component, Record defaults) {
		try {
			Object value = component.getAccessor().invoke(defaults);
			if (value instanceof List<?> list) {
				assertThat(list).isEmpty();
				return "none";
			}
			return MarkdownTable.code((value instanceof Enum<?> constant) ? label(constant)
					: (value instanceof Duration duration) ? text(duration).replace(" ", "")
							: (value instanceof DataSize size) ? size.toMegabytes() + "MB" : value);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The constants of an enum as settings spell them. */
	static String constants(Class<?> type) {
		List<String> labels = new ArrayList<>();
		for (Object constant : type.getEnumConstants()) {
			labels.add(MarkdownTable.code(label((Enum<?>) constant)));
		}
		return String.join(", ", labels);
	}

	private static String label(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static String text(Duration duration) {
		return (duration.toMillis() % 1000 == 0) ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
	}

}
