package io.github.kafkaguardrails.errorhandling;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Error handling of one listener, complete and valid.
 *
 * @param mode how a failing record is tried again; default {@link RetryMode#BLOCKING}
 * @param maxAttempts deliveries in all, the first included; default 4
 * @param initialInterval pause before the second delivery; default 1 s
 * @param multiplier growth of the pause; default 2
 * @param maxInterval longest pause; default 30 s
 * @param jitter random share of the pause, 0 to 1; default 0.2
 * @param fatal class names of exceptions that are never retried; default none
 * @param retryable class names of the only exceptions that are retried; default all
 * @param ending what happens after the last attempt; default {@link Ending#DEAD_LETTER}
 * @param deadLetterTopic name of the dead-letter topic with placeholders; default
 * {@value #DEFAULT_DEAD_LETTER_TOPIC}
 * @param ordered settings of retry mode {@link RetryMode#ORDERED}
 * @since 0.1.0
 */
public record ErrorHandlingSettings(RetryMode mode, int maxAttempts, Duration initialInterval, double multiplier,
		Duration maxInterval, double jitter, List<String> fatal, List<String> retryable, Ending ending,
		String deadLetterTopic, OrderedSettings ordered) {

	/** Default name of a dead-letter topic. */
	public static final String DEFAULT_DEAD_LETTER_TOPIC = "{topic}-{group}-dlt";

	public ErrorHandlingSettings {
		fatal = List.copyOf(fatal);
		retryable = List.copyOf(retryable);
	}

	/**
	 * The settings that follow from these entries.
	 * @param entries what is set, the most specific entry first
	 * @throws InvalidErrorHandlingException when a value is out of its range
	 */
	public static ErrorHandlingSettings of(List<ErrorHandlingProperties> entries) {
		ErrorHandlingProperties set = ErrorHandlingProperties.NONE;
		for (ErrorHandlingProperties entry : entries) {
			set = set.orElse(entry);
		}
		ErrorHandlingProperties.Retry retry = orDefault(set.retry(), ErrorHandlingProperties.Retry.NONE);
		ErrorHandlingSettings settings = new ErrorHandlingSettings(orDefault(retry.mode(), RetryMode.BLOCKING),
				orDefault(retry.maxAttempts(), 4), orDefault(retry.initialInterval(), Duration.ofSeconds(1)),
				orDefault(retry.multiplier(), 2d), orDefault(retry.maxInterval(), Duration.ofSeconds(30)),
				orDefault(retry.jitter(), 0.2d), orDefault(retry.fatal(), List.<String>of()),
				orDefault(retry.retryable(), List.<String>of()), orDefault(set.then(), Ending.DEAD_LETTER),
				orDefault(orDefault(set.deadLetter(), ErrorHandlingProperties.DeadLetter.NONE).topic(),
						DEFAULT_DEAD_LETTER_TOPIC),
				ordered(orDefault(set.ordered(), ErrorHandlingProperties.Ordered.NONE)));
		settings.validate();
		return settings;
	}

	private static OrderedSettings ordered(ErrorHandlingProperties.Ordered set) {
		return new OrderedSettings(orDefault(set.topic(), OrderedSettings.DEFAULT_TOPIC),
				orDefault(set.maxParkedRecords(), 8000), orDefault(set.maxParkedBytes(), DataSize.ofMegabytes(16)),
				orDefault(set.afterDeadLetter(), AfterDeadLetter.RELEASE));
	}

	private static <T> T orDefault(@Nullable T value, T defaultValue) {
		return (value != null) ? value : defaultValue;
	}

	private void validate() {
		check(this.maxAttempts >= 1, "retry.max-attempts", this.maxAttempts, "must be at least 1");
		check(!this.initialInterval.isNegative(), "retry.initial-interval", this.initialInterval,
				"must not be negative");
		check(this.multiplier >= 1, "retry.multiplier", this.multiplier, "must be at least 1");
		check(this.maxInterval.compareTo(this.initialInterval) >= 0, "retry.max-interval", this.maxInterval,
				"must not be shorter than retry.initial-interval (" + this.initialInterval + ")");
		check(this.jitter >= 0 && this.jitter <= 1, "retry.jitter", this.jitter, "must be from 0 to 1");
		check(!this.deadLetterTopic.isBlank(), "dead-letter.topic", this.deadLetterTopic, "must not be blank");
		check(this.ordered.topic().contains("{topic}"), "ordered.topic", this.ordered.topic(),
				"must contain {topic}, because each source topic has a parked topic of its own");
		int records = this.ordered.maxParkedRecords();
		check(records >= 1 && records <= OrderedSettings.MAX_PARKED_RECORDS, "ordered.max-parked-records", records,
				"must be from 1 to " + OrderedSettings.MAX_PARKED_RECORDS);
		check(this.ordered.maxParkedBytes().toBytes() >= 1, "ordered.max-parked-bytes", this.ordered.maxParkedBytes(),
				"must be positive");
	}

	private static void check(boolean valid, String key, Object value, String reason) {
		if (!valid) {
			throw new InvalidErrorHandlingException(key, value, reason);
		}
	}

}
