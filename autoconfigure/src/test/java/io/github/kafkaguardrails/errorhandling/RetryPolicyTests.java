package io.github.kafkaguardrails.errorhandling;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.serializer.DeserializationException;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link RetryPolicy}. */
class RetryPolicyTests {

	@Test
	void retriesUntilTheLastAttempt() {
		RetryPolicy policy = policy(RetryMode.BLOCKING, List.of(), List.of(), 0.5);
		assertThat(policy.retries(1, new IllegalStateException())).isTrue();
		assertThat(policy.retries(3, new IllegalStateException())).isTrue();
		assertThat(policy.retries(4, new IllegalStateException())).isFalse();
	}

	@Test
	void retriesNothingInModeNone() {
		assertThat(policy(RetryMode.NONE, List.of(), List.of(), 0.5).retries(1, new IllegalStateException())).isFalse();
	}

	@Test
	void neverRetriesWhatSpringHoldsToBeFatal() {
		RetryPolicy policy = policy(RetryMode.BLOCKING, List.of(), List.of(), 0.5);
		assertThat(policy.retries(1, new ClassCastException())).isFalse();
		assertThat(policy.retries(1, new IllegalStateException(new ClassCastException()))).isFalse();
		assertThat(
				policy.retries(1, new DeserializationException("bad", new byte[0], false, new IllegalStateException())))
			.isFalse();
	}

	@Test
	void neverRetriesWhatTheUserCallsFatal() {
		RetryPolicy policy = policy(RetryMode.BLOCKING, List.of(IllegalArgumentException.class.getName()), List.of(),
				0.5);
		assertThat(policy.retries(1, new NumberFormatException())).isFalse();
		assertThat(policy.retries(1, new IllegalStateException())).isTrue();
	}

	@Test
	void retriesOnlyWhatTheUserNames() {
		RetryPolicy policy = policy(RetryMode.BLOCKING, List.of(), List.of(IllegalStateException.class.getName()), 0.5);
		assertThat(policy.retries(1, new RuntimeException(new IllegalStateException()))).isTrue();
		assertThat(policy.retries(1, new IllegalArgumentException())).isFalse();
	}

	@Test
	void letsFatalWinOverRetryable() {
		RetryPolicy policy = policy(RetryMode.BLOCKING, List.of(NumberFormatException.class.getName()),
				List.of(IllegalArgumentException.class.getName()), 0.5);
		assertThat(policy.retries(1, new NumberFormatException())).isFalse();
		assertThat(policy.retries(1, new IllegalArgumentException())).isTrue();
	}

	@Test
	void endsWithACauseThatNamesItself() {
		RuntimeException first = new RuntimeException();
		RuntimeException second = new RuntimeException(first);
		first.initCause(second);
		assertThat(policy(RetryMode.BLOCKING, List.of(), List.of(), 0.5).retries(1, first)).isTrue();
	}

	@Test
	void growsThePauseUpToItsLimit() {
		RetryPolicy policy = policy(RetryMode.BLOCKING, List.of(), List.of(), 0.5);
		assertThat(policy.pauseAfter(1)).isEqualTo(Duration.ofSeconds(1));
		assertThat(policy.pauseAfter(2)).isEqualTo(Duration.ofSeconds(2));
		assertThat(policy.pauseAfter(3)).isEqualTo(Duration.ofSeconds(4));
		assertThat(policy.pauseAfter(50)).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void variesThePauseByTheJitterAndNotBeyondTheLimit() {
		assertThat(policy(RetryMode.BLOCKING, List.of(), List.of(), 0).pauseAfter(1)).isEqualTo(Duration.ofMillis(800));
		assertThat(policy(RetryMode.BLOCKING, List.of(), List.of(), 1).pauseAfter(1))
			.isEqualTo(Duration.ofMillis(1200));
		assertThat(policy(RetryMode.BLOCKING, List.of(), List.of(), 1).pauseAfter(50))
			.isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void knowsThePausesOfMoreAttemptsThanAnybodyCanCount() {
		RetryPolicy endless = new RetryPolicy(settings(Integer.MAX_VALUE, Duration.ofSeconds(1), 2), null, () -> 0.5);
		assertThat(endless.basePauses()).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 10L);
		assertThat(endless.totalBasePause()).isEqualTo(Duration.ofSeconds(15 + 10L * (Integer.MAX_VALUE - 1 - 4)));
		RetryPolicy constant = new RetryPolicy(settings(Integer.MAX_VALUE, Duration.ZERO, 2), null, () -> 0.5);
		assertThat(constant.basePauses()).containsExactly(Duration.ZERO);
		assertThat(constant.totalBasePause()).isZero();
		RetryPolicy three = new RetryPolicy(settings(3, Duration.ofMillis(1), 1.2), null, () -> 0.5);
		assertThat(three.basePauses()).containsExactly(Duration.ofMillis(1));
		assertThat(three.totalBasePause()).isEqualTo(Duration.ofMillis(2));
	}

	private static ErrorHandlingSettings settings(int attempts, Duration initialInterval, double multiplier) {
		return ErrorHandlingSettings
			.of(List.of(new ErrorHandlingProperties(new ErrorHandlingProperties.Retry(RetryMode.BLOCKING, attempts,
					initialInterval, multiplier, Duration.ofSeconds(10), null, null, null), null, null, null)));
	}

	private static RetryPolicy policy(RetryMode mode, List<String> fatal, List<String> retryable, double random) {
		ErrorHandlingSettings settings = ErrorHandlingSettings.of(List.of(new ErrorHandlingProperties(
				new ErrorHandlingProperties.Retry(mode, null, null, null, null, null, fatal, retryable), null, null,
				null)));
		return new RetryPolicy(settings, RetryPolicyTests.class.getClassLoader(), () -> random);
	}

}
