package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.ClientType;

/** Compares what a property says with what a client was given. */
final class SettingText {

	private static final Pattern AMOUNT = Pattern.compile("([+-]?\\d+)\\s*([a-z]*)");

	/** Milliseconds and bytes of the units of Spring Boot's durations and data sizes. */
	private static final Map<String, Long> UNITS = Map.ofEntries(Map.entry("", 1L), Map.entry("ms", 1L),
			Map.entry("s", 1000L), Map.entry("m", 60_000L), Map.entry("h", 3_600_000L), Map.entry("d", 86_400_000L),
			Map.entry("b", 1L), Map.entry("kb", 1L << 10), Map.entry("mb", 1L << 20), Map.entry("gb", 1L << 30),
			Map.entry("tb", 1L << 40));

	private SettingText() {
	}

	/**
	 * Whether a property certainly says something else than a client was given. A file's
	 * location and text that is not resolved cannot be compared; of a list the property
	 * may be a part.
	 * @param type the kind of client
	 * @param key the client's key
	 * @param given what the client was given
	 * @param property value of the property
	 */
	static boolean differs(ClientType type, String key, String given, @Nullable Object property) {
		String text = String.valueOf(property).trim();
		ConfigDef.ConfigKey definition = type.keys().get(key);
		if (property == null || definition == null || key.endsWith(".location") || text.contains("${")
				|| given.contains("${")) {
			return false;
		}
		return switch (definition.type()) {
			case INT, LONG, SHORT -> {
				OptionalLong left = amount(given);
				OptionalLong right = amount(text);
				yield left.isPresent() && right.isPresent() && left.getAsLong() != right.getAsLong();
			}
			case BOOLEAN -> !truth(given).equals(truth(text));
			case DOUBLE -> false;
			case LIST -> !List.of(uniform(given).split(",")).containsAll(List.of(uniform(text).split(",")));
			case STRING, PASSWORD, CLASS -> !uniform(given).equals(uniform(text));
		};
	}

	private static OptionalLong amount(String text) {
		Matcher matcher = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
		try {
			if (matcher.matches() && UNITS.containsKey(matcher.group(2))) {
				return OptionalLong
					.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), UNITS.getOrDefault(matcher.group(2), 1L)));
			}
			return OptionalLong.of(Duration.parse(text).toMillis());
		}
		catch (DateTimeParseException | ArithmeticException | NumberFormatException ex) {
			return OptionalLong.empty();
		}
	}

	private static String truth(String text) {
		return switch (text.toLowerCase(Locale.ROOT)) {
			case "true", "on", "yes", "1" -> "true";
			default -> "false";
		};
	}

	/** Without what does not count: case, and the letters between words and elements. */
	private static String uniform(String text) {
		return text.toLowerCase(Locale.ROOT).replaceAll("[-_\\s\\[\\]]", "");
	}

}
