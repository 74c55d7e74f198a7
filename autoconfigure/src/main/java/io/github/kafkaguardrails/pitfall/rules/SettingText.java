package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.ClientType;
import io.github.kafkaguardrails.setup.SettingAmount;

/** Compares what a property says with what a client was given. */
final class SettingText {

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
				OptionalLong left = SettingAmount.of(given.trim());
				OptionalLong right = SettingAmount.of(text);
				yield left.isPresent() && right.isPresent() && left.getAsLong() != right.getAsLong();
			}
			case BOOLEAN -> !truth(given).equals(truth(text));
			case DOUBLE -> false;
			case LIST -> !List.of(uniform(given).split(",")).containsAll(List.of(uniform(text).split(",")));
			case STRING, PASSWORD, CLASS -> !uniform(given).equals(uniform(text));
		};
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
