package io.github.kafkaguardrails.pitfall.rules;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;

import static io.github.kafkaguardrails.setup.TestSetup.streams;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link StreamsUncaughtHandlerMissing}. */
class StreamsUncaughtHandlerMissingTests {

	private final StreamsUncaughtHandlerMissing rule = new StreamsUncaughtHandlerMissing();

	@Test
	void flagsAMissingHandler() {
		assertThat(this.rule.check(streams((streams) -> streams.uncaughtExceptionHandler = false))).hasSize(1);
	}

	@Test
	void ignoresAHandler() {
		assertThat(this.rule.check(streams((streams) -> streams.uncaughtExceptionHandler = true))).isEmpty();
	}

	@Test
	void claimsNothingWhenItIsNotKnown() {
		assertThat(this.rule.check(streams((streams) -> streams.uncaughtExceptionHandler = null))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(streams((streams) -> {
		})).get(0);
		assertThat(finding.subject()).hasToString("streams 'defaultKafkaStreamsBuilder'");
		assertThat(finding.harm()).contains("answers its probes");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("uncaught exception handler = none (SHUTDOWN_CLIENT) (set in code by bean"
					+ " 'defaultKafkaStreamsBuilder')");
		assertThat(finding.fixes().get(0).text()).contains("REPLACE_THREAD");
	}

}
