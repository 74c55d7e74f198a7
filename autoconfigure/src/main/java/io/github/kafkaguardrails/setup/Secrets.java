package io.github.kafkaguardrails.setup;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Decides which values must never be shown, and hides them.
 *
 * @since 0.1.0
 */
public final class Secrets {

	/** What is shown in place of a secret. */
	public static final String MASK = "******";

	private static final Pattern SECRET_KEY = Pattern.compile(
			"passw|pwd|secret|jaas|credential|passphrase|api[.\\-_]?key|private[.\\-_]?key|basic[.\\-_]auth[.\\-_]user[.\\-_]info"
					+ "|key[.\\-_]?store[.\\-_]?key$|key[.\\-_]?store[.\\-_]?certificate|trust[.\\-_]?store[.\\-_]?certificates|(^|[.\\-_])token($|[.\\-_]value)");

	private static final Pattern SECRET_IN_VALUE = Pattern.compile(
			"(?i)(passw\\w*|pwd|secret|passphrase|token)\\s*[=:]|LoginModule\\s+required|-----BEGIN|://[^/@\\s]+:[^/@\\s]+@");

	private Secrets() {
	}

	/**
	 * Whether values of this key are secrets, whatever they look like.
	 */
	public static boolean isSecretKey(String key) {
		return SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).find();
	}

	/**
	 * The value as it may be shown: {@link #MASK} when the key or the shape of the value
	 * says that it is a secret.
	 */
	public static String mask(String key, @Nullable Object value) {
		if (value == null) {
			return "null";
		}
		String text = String.valueOf(value);
		if (isSecretKey(key) || SECRET_IN_VALUE.matcher(text).find()) {
			return MASK;
		}
		return text;
	}

}
