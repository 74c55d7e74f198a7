package io.github.kafkaguardrails.errorhandling;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link ErrorHandlingSource} and {@link ErrorHandlingSettings}. */
class ErrorHandlingSourceTests {

	private final ErrorHandlingSource source = new ErrorHandlingSource(
			Map.of("default", entry(RetryMode.NONE, 2, Ending.SKIP), "payments", entry(RetryMode.TOPIC, null, null)),
			Map.of("orders*", entry(null, 3, Ending.STOP), "orders.eu*", entry(null, 5, null)));

	@Test
	void letsTheListenerWinOverTopicAndDefault() {
		ErrorHandlingSettings settings = settings("payments", "orders.eu.1");
		assertThat(settings.mode()).isEqualTo(RetryMode.TOPIC);
		assertThat(settings.maxAttempts()).isEqualTo(5);
		assertThat(settings.ending()).isEqualTo(Ending.STOP);
	}

	@Test
	void letsTheTopicWinOverTheDefault() {
		ErrorHandlingSettings settings = settings("other", "orders");
		assertThat(settings.mode()).isEqualTo(RetryMode.NONE);
		assertThat(settings.maxAttempts()).isEqualTo(3);
		assertThat(settings.ending()).isEqualTo(Ending.STOP);
	}

	@Test
	void appliesTheDefaultToEveryOtherListener() {
		assertThat(settings("other", "shipments").ending()).isEqualTo(Ending.SKIP);
	}

	@Test
	void findsNothingWhereNothingIsSet() {
		assertThat(new ErrorHandlingSource(Map.of("default", ErrorHandlingProperties.NONE), Map.of()).entries("other",
				List.of("orders")))
			.isEmpty();
	}

	@Test
	void hasTheDocumentedDefaults() {
		assertThat(ErrorHandlingSettings.of(List.of())).isEqualTo(
				new ErrorHandlingSettings(RetryMode.BLOCKING, 4, Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0.2,
						List.of(), List.of(), Ending.DEAD_LETTER, "{topic}-{group}-dlt", new OrderedSettings(
								"{topic}-{group}-parked", 8000, DataSize.ofMegabytes(16), AfterDeadLetter.RELEASE)));
	}

	@Test
	void takesEachValueFromTheMostSpecificEntryThatHasIt() {
		ErrorHandlingProperties general = complete(RetryMode.TOPIC, 7, "general", Ending.SKIP, AfterDeadLetter.RELEASE);
		ErrorHandlingProperties specific = complete(RetryMode.ORDERED, 3, "own", Ending.STOP, AfterDeadLetter.PARK);
		ErrorHandlingProperties empty = new ErrorHandlingProperties(ErrorHandlingProperties.Retry.NONE, null,
				ErrorHandlingProperties.DeadLetter.NONE, ErrorHandlingProperties.Ordered.NONE);
		ErrorHandlingSettings ofGeneral = new ErrorHandlingSettings(RetryMode.TOPIC, 7, Duration.ofMillis(7), 7,
				Duration.ofSeconds(7), 0.7, List.of("general"), List.of("general"), Ending.SKIP, "general",
				new OrderedSettings("{topic}-general", 7, DataSize.ofBytes(7), AfterDeadLetter.RELEASE));
		assertThat(ErrorHandlingSettings.of(List.of(general))).isEqualTo(ofGeneral);
		assertThat(ErrorHandlingSettings.of(List.of(empty, general))).isEqualTo(ofGeneral);
		assertThat(ErrorHandlingSettings.of(List.of(ErrorHandlingProperties.NONE, general))).isEqualTo(ofGeneral);
		assertThat(ErrorHandlingSettings.of(List.of(general, specific))).isEqualTo(ofGeneral);
		assertThat(ErrorHandlingSettings.of(List.of(empty, specific, general)))
			.isEqualTo(ErrorHandlingSettings.of(List.of(specific)))
			.isNotEqualTo(ofGeneral);
	}

	/** Every value is set, each number derived from this one. */
	private static ErrorHandlingProperties complete(RetryMode mode, int number, String name, Ending ending,
			AfterDeadLetter afterDeadLetter) {
		return new ErrorHandlingProperties(
				new ErrorHandlingProperties.Retry(mode, number, Duration.ofMillis(number), (double) number,
						Duration.ofSeconds(number), number / 10d, List.of(name), List.of(name)),
				ending, new ErrorHandlingProperties.DeadLetter(name), new ErrorHandlingProperties.Ordered(
						"{topic}-" + name, number, DataSize.ofBytes(number), afterDeadLetter));
	}

	@Test
	void refusesValuesOutOfTheirRange() {
		assertThatExceptionOfType(InvalidErrorHandlingException.class)
			.isThrownBy(() -> ErrorHandlingSettings.of(List.of(entry(null, 0, null))))
			.satisfies((ex) -> {
				assertThat(ex.getKey()).isEqualTo("retry.max-attempts");
				assertThat(ex.getValue()).isEqualTo(0);
				assertThat(ex.getReason()).isEqualTo("must be at least 1");
			});
		refuses(new ErrorHandlingProperties.Retry(null, null, Duration.ofSeconds(-1), null, null, null, null, null),
				"retry.initial-interval");
		refuses(new ErrorHandlingProperties.Retry(null, null, null, 0.5, null, null, null, null), "retry.multiplier");
		refuses(new ErrorHandlingProperties.Retry(null, null, null, null, Duration.ofMillis(1), null, null, null),
				"retry.max-interval");
		refuses(new ErrorHandlingProperties.Retry(null, null, null, null, null, 1.5, null, null), "retry.jitter");
		refuses(new ErrorHandlingProperties.Ordered("parked", null, null, null), "ordered.topic");
		refuses(new ErrorHandlingProperties.Ordered(null, 10_001, null, null), "ordered.max-parked-records");
		refuses(new ErrorHandlingProperties.Ordered(null, 0, null, null), "ordered.max-parked-records");
		refuses(new ErrorHandlingProperties.Ordered(null, null, DataSize.ofBytes(0), null), "ordered.max-parked-bytes");
	}

	private static void refuses(ErrorHandlingProperties.Retry retry, String key) {
		refuses(new ErrorHandlingProperties(retry, null, null, null), key);
	}

	private static void refuses(ErrorHandlingProperties.Ordered ordered, String key) {
		refuses(new ErrorHandlingProperties(null, null, null, ordered), key);
	}

	private static void refuses(ErrorHandlingProperties entry, String key) {
		assertThatExceptionOfType(InvalidErrorHandlingException.class)
			.isThrownBy(() -> ErrorHandlingSettings.of(List.of(entry)))
			.satisfies((ex) -> assertThat(ex.getKey()).isEqualTo(key));
	}

	private ErrorHandlingSettings settings(String id, String topic) {
		return ErrorHandlingSettings.of(this.source.entries(id, List.of(topic)));
	}

	private static ErrorHandlingProperties entry(@Nullable RetryMode mode, @Nullable Integer attempts,
			@Nullable Ending ending) {
		return new ErrorHandlingProperties(
				new ErrorHandlingProperties.Retry(mode, attempts, null, null, null, null, null, null), ending, null,
				null);
	}

}
