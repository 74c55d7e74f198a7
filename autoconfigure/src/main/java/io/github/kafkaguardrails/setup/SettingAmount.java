package io.github.kafkaguardrails.setup;

import java.util.OptionalLong;
import java.util.regex.Pattern;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * The number that the text of a setting stands for, as Spring Boot reads it.
 *
 * @since 0.1.0
 */
public final class SettingAmount {

	private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}");

	private SettingAmount() {
	}

	/**
	 * A whole number, the milliseconds of a duration such as {@code 30s} or {@code PT30S}
	 * or the bytes of a data size such as {@code 16MB}.
	 * @param text the text
	 * @return the number; empty when the text is none of these
	 */
	public static OptionalLong of(String text) {
		if (NUMBER.matcher(text).matches()) {
			return OptionalLong.of(Long.parseLong(text));
		}
		try {
			return OptionalLong.of(DurationStyle.detectAndParse(text).toMillis());
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			return size(text);
		}
	}

	private static OptionalLong size(String text) {
		try {
			return OptionalLong.of(DataSize.parse(text).toBytes());
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			return OptionalLong.empty();
		}
	}

}
