package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;

import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Decides whether the text of a Spring property and the value that a client was given are
 * the same setting: durations are compared in milliseconds, sizes in bytes, classes by
 * name, choices without case, locations by file name.
 */
final class ClientValueComparison {

	private static final Set<String> TRUE = Set.of("true", "on", "yes", "1");

	private ClientValueComparison() {
	}

	static boolean same(ClientType client, String key, @Nullable Object given, @Nullable Object property) {
		String givenText = text(given);
		String propertyText = text(property);
		if (givenText.equals(propertyText)) {
			// the definition of a client takes long to load
			return true;
		}
		ConfigDef.ConfigKey definition = client.keys().get(key);
		ConfigDef.Type type = (definition != null) ? definition.type() : ConfigDef.Type.STRING;
		return normalise(type, key, givenText).equals(normalise(type, key, propertyText));
	}

	private static String normalise(ConfigDef.Type type, String key, String text) {
		if (key.endsWith(".location")) {
			return String.valueOf(StringUtils.getFilename(text.replace('\\', '/').replace(':', '/')));
		}
		return switch (type) {
			case INT, LONG, SHORT, DOUBLE -> number(text);
			case BOOLEAN -> String.valueOf(TRUE.contains(text.toLowerCase(Locale.ROOT)));
			case LIST -> text.replaceAll("\\s*,\\s*", ",");
			case CLASS, PASSWORD -> text;
			case STRING -> text.toLowerCase(Locale.ROOT).replace('-', '_');
		};
	}

	private static String text(@Nullable Object value) {
		if (value instanceof Class<?> type) {
			return type.getName();
		}
		if (value instanceof Collection<?> values) {
			StringJoiner joined = new StringJoiner(",");
			for (Object element : values) {
				joined.add(text(element));
			}
			return joined.toString();
		}
		if (value instanceof Duration duration) {
			return String.valueOf(duration.toMillis());
		}
		return String.valueOf(value).trim();
	}

	private static String number(String text) {
		OptionalLong amount = SettingAmount.of(text);
		return amount.isPresent() ? String.valueOf(amount.getAsLong()) : text;
	}

}
