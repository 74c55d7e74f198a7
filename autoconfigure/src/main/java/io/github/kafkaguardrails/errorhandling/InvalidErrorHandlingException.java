package io.github.kafkaguardrails.errorhandling;

/**
 * Thrown when a setting of error handling is out of its range.
 *
 * @since 0.1.0
 */
public class InvalidErrorHandlingException extends IllegalArgumentException {

	private final String key;

	private final transient Object value;

	private final String reason;

	InvalidErrorHandlingException(String key, Object value, String reason) {
		super(key + " = " + value + " " + reason);
		this.key = key;
		this.value = value;
		this.reason = reason;
	}

	/** Key below the listener's entry, for example {@code retry.max-attempts}. */
	public String getKey() {
		return this.key;
	}

	/** The value that is out of its range. */
	public Object getValue() {
		return this.value;
	}

	/** The range. */
	public String getReason() {
		return this.reason;
	}

}
