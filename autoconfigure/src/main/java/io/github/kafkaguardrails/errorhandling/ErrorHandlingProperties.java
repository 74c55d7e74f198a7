package io.github.kafkaguardrails.errorhandling;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Error handling of one listener, of the topics of one glob, or of every listener, as it
 * is written in the configuration. What is not set comes from the next more general
 * entry; see {@link ErrorHandlingSettings} for the defaults.
 *
 * @param retry Retries of a failing record
 * @param then What happens to a record after its last attempt
 * @param deadLetter Dead-letter topic
 * @param ordered Ordered retry, for retry mode "ordered"
 * @since 0.1.0
 */
public record ErrorHandlingProperties(@Nullable Retry retry, @Nullable Ending then, @Nullable DeadLetter deadLetter,
		@Nullable Ordered ordered) {

	/** Nothing is set. */
	public static final ErrorHandlingProperties NONE = new ErrorHandlingProperties(null, null, null, null);

	/** These, and what a more general entry says where these say nothing. */
	ErrorHandlingProperties orElse(ErrorHandlingProperties general) {
		return new ErrorHandlingProperties(
				(this.retry != null && general.retry != null)
						? this.retry.orElse(general.retry) : first(this.retry, general.retry),
				first(this.then, general.then),
				(this.deadLetter != null && general.deadLetter != null) ? this.deadLetter.orElse(general.deadLetter)
						: first(this.deadLetter, general.deadLetter),
				(this.ordered != null && general.ordered != null) ? this.ordered.orElse(general.ordered)
						: first(this.ordered, general.ordered));
	}

	private static <T> @Nullable T first(@Nullable T specific, @Nullable T general) {
		return (specific != null) ? specific : general;
	}

	/**
	 * Retries.
	 *
	 * @param mode How a failing record is tried again
	 * @param maxAttempts Number of deliveries in all, the first included
	 * @param initialInterval Pause before the second delivery
	 * @param multiplier Factor by which the pause grows after each attempt
	 * @param maxInterval Longest pause between two deliveries
	 * @param jitter Share of the pause by which it varies at random, from 0 to 1
	 * @param fatal Exceptions that are never retried; those that Spring Kafka knows as
	 * fatal always count
	 * @param retryable When set, only these exceptions are retried
	 */
	public record Retry(@Nullable RetryMode mode, @Nullable Integer maxAttempts, @Nullable Duration initialInterval,
			@Nullable Double multiplier, @Nullable Duration maxInterval, @Nullable Double jitter,
			@Nullable List<String> fatal, @Nullable List<String> retryable) {

		static final Retry NONE = new Retry(null, null, null, null, null, null, null, null);

		private Retry orElse(Retry general) {
			return new Retry(first(this.mode, general.mode), first(this.maxAttempts, general.maxAttempts),
					first(this.initialInterval, general.initialInterval), first(this.multiplier, general.multiplier),
					first(this.maxInterval, general.maxInterval), first(this.jitter, general.jitter),
					first(this.fatal, general.fatal), first(this.retryable, general.retryable));
		}

	}

	/**
	 * Dead-letter topic.
	 *
	 * @param topic Name of the dead-letter topic; {topic} stands for the source topic and
	 * {group} for the consumer group
	 */
	public record DeadLetter(@Nullable String topic) {

		static final DeadLetter NONE = new DeadLetter(null);

		private DeadLetter orElse(DeadLetter general) {
			return new DeadLetter(first(this.topic, general.topic));
		}

	}

	/**
	 * Ordered retry.
	 *
	 * @param topic Name of the topic that parked records are kept in; {topic} stands for
	 * the source topic and {group} for the consumer group
	 * @param maxParkedRecords Number of parked records of a partition at which it blocks
	 * until some are done
	 * @param maxParkedBytes Size of all parked records of a partition at which it blocks
	 * until some are done
	 * @param afterDeadLetter What happens to the later records of a key when one was
	 * written to the dead-letter topic
	 */
	public record Ordered(@Nullable String topic, @Nullable Integer maxParkedRecords, @Nullable DataSize maxParkedBytes,
			@Nullable AfterDeadLetter afterDeadLetter) {

		static final Ordered NONE = new Ordered(null, null, null, null);

		private Ordered orElse(Ordered general) {
			return new Ordered(first(this.topic, general.topic), first(this.maxParkedRecords, general.maxParkedRecords),
					first(this.maxParkedBytes, general.maxParkedBytes),
					first(this.afterDeadLetter, general.afterDeadLetter));
		}

	}

}
