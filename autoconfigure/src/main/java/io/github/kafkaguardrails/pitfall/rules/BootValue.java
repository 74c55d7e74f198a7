package io.github.kafkaguardrails.pitfall.rules;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Compares the text of a property with the value that an object really has, as Spring
 * Boot would understand the text.
 */
final class BootValue {

	private static final Pattern DURATION = Pattern.compile("([+-]?\\d{1,12})\\s*(ns|us|ms|s|m|h|d)?");

	private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

	private static final Set<String> TRUE = Set.of("true", "on", "yes", "1");

	private static final Set<String> FALSE = Set.of("false", "off", "no", "0");

	private BootValue() {
	}

	/**
	 * Whether the value of the property certainly means something else.
	 * @param property canonical name of the property
	 * @param configured value of the property as it was given
	 * @param actual the value in force: enum names in upper case, durations in ISO form,
	 * empty when there is none
	 */
	static boolean differs(String property, @Nullable Object configured, String actual) {
		String text = (configured != null) ? configured.toString().trim() : "";
		if (text.isEmpty() || text.contains("${")) {
			return false;
		}
		if (actual.isBlank()) {
			return true;
		}
		if (iso(actual) != null) {
			return differ(duration(property, text), iso(actual));
		}
		if ("true".equals(actual) || "false".equals(actual)) {
			return differ(bool(text), bool(actual));
		}
		if (number(actual) != null) {
			return differ(number(text), number(actual));
		}
		return differ(word(text), word(actual));
	}

	private static boolean differ(@Nullable Object configured, @Nullable Object actual) {
		return configured != null && !configured.equals(actual);
	}

	private static @Nullable Boolean bool(String text) {
		String lower = text.toLowerCase(Locale.ROOT);
		return TRUE.contains(lower) ? Boolean.TRUE : (FALSE.contains(lower) ? Boolean.FALSE : null);
	}

	private static @Nullable BigDecimal number(String text) {
		return NUMBER.matcher(text).matches() ? new BigDecimal(text).stripTrailingZeros() : null;
	}

	private static String word(String text) {
		return text.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
	}

	private static @Nullable Duration duration(String property, String text) {
		Matcher simple = DURATION.matcher(text.toLowerCase(Locale.ROOT));
		if (!simple.matches()) {
			return iso(text);
		}
		long amount = Long.parseLong(simple.group(1));
		// the only listener property whose plain numbers are seconds
		String plain = property.endsWith(".monitor-interval") ? "s" : "ms";
		return switch ((simple.group(2) != null) ? simple.group(2) : plain) {
			case "ns" -> Duration.ofNanos(amount);
			case "us" -> Duration.ofNanos(amount * 1000);
			case "ms" -> Duration.ofMillis(amount);
			case "s" -> Duration.ofSeconds(amount);
			case "m" -> Duration.ofMinutes(amount);
			case "h" -> Duration.ofHours(amount);
			default -> Duration.ofDays(amount);
		};
	}

	private static @Nullable Duration iso(String text) {
		try {
			return Duration.parse(text);
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

}
