package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

import io.github.kafkaguardrails.setup.ClientConfig;

/**
 * Where a consumer without a committed offset starts.
 *
 * @param kind what it is
 * @param duration how far back, of {@link Kind#BY_DURATION}; otherwise zero
 */
record OffsetReset(Kind kind, Duration duration) {

	static final String KEY = "auto.offset.reset";

	private static final String BY_DURATION = "by_duration:";

	/** The policy of a consumer; empty for one that does not let it start. */
	static Optional<OffsetReset> of(ClientConfig consumer) {
		String text = consumer.string(KEY).toLowerCase(Locale.ROOT);
		if ("earliest".equals(text)) {
			return Optional.of(new OffsetReset(Kind.EARLIEST, Duration.ZERO));
		}
		if ("latest".equals(text)) {
			return Optional.of(new OffsetReset(Kind.LATEST, Duration.ZERO));
		}
		if (!text.startsWith(BY_DURATION)) {
			return Optional.empty();
		}
		try {
			return Optional.of(new OffsetReset(Kind.BY_DURATION,
					Duration.parse(text.substring(BY_DURATION.length()).toUpperCase(Locale.ROOT))));
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

	/** The policies. */
	enum Kind {

		/** With the first record that is still there. */
		EARLIEST,

		/** With the next record. */
		LATEST,

		/** With the first record that is not older than a duration. */
		BY_DURATION

	}

}
