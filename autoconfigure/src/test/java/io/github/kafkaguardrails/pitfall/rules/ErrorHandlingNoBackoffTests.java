package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.BackOffSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingNoBackoff}. */
class ErrorHandlingNoBackoffTests {

	private final ErrorHandlingNoBackoff rule = new ErrorHandlingNoBackoff();

	@ParameterizedTest
	@EnumSource(names = { "DEAD_LETTER", "CUSTOM" })
	void flagsRetriesWithoutAPause(Kind kind) {
		assertThat(check(kind, 9, 0)).hasSize(1);
		assertThat(check(kind, 1, 999)).hasSize(1);
	}

	@Test
	void ignoresASecondOfPauses() {
		assertThat(check(Kind.DEAD_LETTER, 9, 1000)).isEmpty();
	}

	@Test
	void ignoresHandlersWithoutRetriesOrWithUnlimitedOnes() {
		assertThat(check(Kind.DEAD_LETTER, 0, 0)).isEmpty();
		assertThat(check(Kind.DEAD_LETTER, BackOffSetup.UNLIMITED, 0)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = { "DEAD_LETTER", "CUSTOM" })
	void leavesHandlersWithoutARecovererToTheOtherRules(Kind kind) {
		assertThat(check(kind, 9, 0)).isEmpty();
	}

	@Test
	void ignoresAHandlerThatNothingIsKnownOf() {
		assertThat(this.rule.check(listener(
				(listener) -> listener.errorHandling = ErrorHandlingSetup.of(Kind.CUSTOM, "com.example.Handler"))))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(Kind.DEAD_LETTER, 9, 0).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("error handling = 10 attempts, then dead-letter (com.example.Orders#handle)");
		assertThat(finding.harm()).startsWith("All retries together pause for 0 ms")
			.endsWith("into the dead-letter topic.");
		assertThat(check(Kind.CUSTOM, 9, 0).get(0).harm()).endsWith("to the recoverer.");
		assertThat(finding.fixes()).extracting(Fix::text)
			.allSatisfy((fix) -> assertThat(fix).containsAnyOf("ExponentialBackOff",
					"kafka.guardrails.listeners.orders-listener.retry.mode: blocking"));
	}

	private List<Finding> check(Kind kind, long retries, long total) {
		return this.rule.check(listener(
				(listener) -> listener.errorHandling = new ErrorHandlingSetup(kind, "10 attempts, then dead-letter",
						new BackOffSetup(retries, Duration.ofMillis(total), Duration.ofMillis(total), false), null,
						List.of())));
	}

}
