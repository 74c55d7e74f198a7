package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.BackOffSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingUnlimitedRetries}. */
class ErrorHandlingUnlimitedRetriesTests {

	private final ErrorHandlingUnlimitedRetries rule = new ErrorHandlingUnlimitedRetries();

	@ParameterizedTest
	@EnumSource(names = { "DEAD_LETTER", "CUSTOM", "LOG_AND_SKIP", "SPRING_DEFAULT" })
	void flagsABackOffThatDoesNotEnd(Kind kind) {
		assertThat(check(kind, BackOffSetup.UNLIMITED)).hasSize(1);
	}

	@Test
	void ignoresABackOffThatEnds() {
		assertThat(check(Kind.DEAD_LETTER, 9999)).isEmpty();
	}

	@Test
	void ignoresWhatGuardrailsHandles() {
		assertThat(check(Kind.GUARDRAILS, BackOffSetup.UNLIMITED)).isEmpty();
	}

	@Test
	void ignoresAHandlerThatNothingIsKnownOf() {
		assertThat(this.rule.check(listener(
				(listener) -> listener.errorHandling = ErrorHandlingSetup.of(Kind.CUSTOM, "com.example.Handler"))))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(Kind.DEAD_LETTER, BackOffSetup.UNLIMITED).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("error handling = unlimited attempts, then dead-letter (com.example.Orders#handle)");
		assertThat(finding.harm()).startsWith("A record that always fails blocks its partition for ever");
		assertThat(finding.fixes().get(0).text()).contains("setMaxAttempts(5)");
		assertThat(finding.fixes().get(1).text())
			.contains("kafka.guardrails.listeners.orders-listener.retry.max-attempts");
	}

	private List<Finding> check(Kind kind, long retries) {
		return this.rule.check(listener((listener) -> listener.errorHandling = new ErrorHandlingSetup(kind,
				"unlimited attempts, then dead-letter",
				new BackOffSetup(retries, Duration.ofSeconds(30), Duration.ofHours(1), false), null, List.of())));
	}

}
