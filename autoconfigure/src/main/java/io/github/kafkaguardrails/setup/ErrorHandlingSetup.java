package io.github.kafkaguardrails.setup;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What happens to a record that a listener cannot process.
 *
 * @param kind who handles it, and how
 * @param description one line for people, for example
 * {@code blocking retry, 4 attempts, then dead-letter to orders-billing-dlt}
 * @param backOff the pauses between attempts, or {@code null} when they are not known
 * @param deadLetter where dead letters go and how they are written, or {@code null} when
 * there are none or it is not known
 * @param problems why the settings cannot work for this listener, in the user's words;
 * the last sentence of each says what to do; empty when they can work
 * @param orderedByKey whether a failing record lets all other keys pass and keeps the
 * order of its own
 * @since 0.1.0
 */
public record ErrorHandlingSetup(Kind kind, String description, @Nullable BackOffSetup backOff,
		@Nullable DeadLetterSetup deadLetter, List<String> problems, boolean orderedByKey) {

	public ErrorHandlingSetup {
		Objects.requireNonNull(kind, "'kind' must not be null");
		Objects.requireNonNull(description, "'description' must not be null");
		problems = List.copyOf(problems);
	}

	/** Handling that knows no keys. */
	public ErrorHandlingSetup(Kind kind, String description, @Nullable BackOffSetup backOff,
			@Nullable DeadLetterSetup deadLetter, List<String> problems) {
		this(kind, description, backOff, deadLetter, problems, false);
	}

	public static ErrorHandlingSetup of(Kind kind, String description) {
		return new ErrorHandlingSetup(kind, description, null, null, List.of());
	}

	/** Who handles a failing record, and how. */
	public enum Kind {

		/** Nobody set anything: ten immediate attempts, then log and skip. */
		SPRING_DEFAULT,

		/** The user's {@code DefaultErrorHandler} with the built-in logging recoverer. */
		LOG_AND_SKIP,

		/** The user's handler publishes to a dead-letter topic. */
		DEAD_LETTER,

		/** The user's {@code CommonLoggingErrorHandler}. */
		LOGGING_ONLY,

		/** The user's handler stops the container. */
		STOPPING,

		/** {@code @RetryableTopic} or a {@code RetryTopicConfiguration}. */
		RETRY_TOPIC,

		/** A strategy of Kafka Guardrails. */
		GUARDRAILS,

		/** A share group's default: a failing record is never delivered again. */
		REJECTING,

		/** Any other handler of the user; nothing is known about it. */
		CUSTOM

	}

	/**
	 * How dead letters are written.
	 *
	 * @param topic the topic, or a pattern of its name such as {@code <topic>-dlt}, or
	 * {@link #TOPIC_SET_IN_CODE} when it is not known
	 * @param keySerializer key serializer of the publishing template, or {@code null}
	 * when it is not known
	 * @param valueSerializer value serializer of the publishing template, or {@code null}
	 * when it is not known
	 */
	public record DeadLetterSetup(String topic, @Nullable SerdeSetup keySerializer,
			@Nullable SerdeSetup valueSerializer) {

		/** Stands for a topic that code of the application chooses. */
		public static final String TOPIC_SET_IN_CODE = "a topic chosen in code";

		/** Stands for the source topic in the name of a dead-letter topic. */
		public static final String SOURCE_TOPIC = "<topic>";

		/** The dead-letter topic of a source topic; empty when code chooses it. */
		public Optional<String> topicOf(String source) {
			return this.topic.equals(TOPIC_SET_IN_CODE) ? Optional.empty()
					: Optional.of(this.topic.replace(SOURCE_TOPIC, source));
		}

	}

}
