package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingStoppingHandlerUnmonitored}. */
class ErrorHandlingStoppingHandlerUnmonitoredTests {

	private final ErrorHandlingStoppingHandlerUnmonitored rule = new ErrorHandlingStoppingHandlerUnmonitored();

	@Test
	void flagsAHandlerThatStopsUnseen() {
		assertThat(check(false, Kind.STOPPING)).hasSize(1);
	}

	@Test
	void ignoresAStopThatHealthShows() {
		assertThat(check(true, Kind.STOPPING)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "STOPPING")
	void ignoresWhateverElseHandlesFailures(Kind kind) {
		assertThat(check(false, kind)).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(false, Kind.STOPPING).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("error handling = 1 attempt, then stop the container (com.example.Orders#handle)");
		assertThat(finding.harm()).startsWith("The first failing record stops the listener");
		assertThat(finding.fixes().get(0).text()).contains("spring-boot-starter-actuator");
		assertThat(finding.fixes().get(1)).isEqualTo(Fix.set("kafka.guardrails.health.readiness", true));
	}

	private List<Finding> check(boolean listenerHealth, Kind kind) {
		TestSetup setup = application().withListener("orders-listener",
				(listener) -> listener.errorHandling = ErrorHandlingSetup.of(kind,
						"1 attempt, then stop the container"));
		setup.listenerHealth = listenerHealth;
		return this.rule.check(setup.build());
	}

}
