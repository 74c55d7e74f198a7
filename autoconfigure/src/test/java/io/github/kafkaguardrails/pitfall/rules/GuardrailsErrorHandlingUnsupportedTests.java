package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link GuardrailsErrorHandlingUnsupported}. */
class GuardrailsErrorHandlingUnsupportedTests {

	private final GuardrailsErrorHandlingUnsupported rule = new GuardrailsErrorHandlingUnsupported();

	@Test
	void reportsEachProblem() {
		assertThat(check("Retry topics cannot serve a batch listener.", "The topic pattern matches the dead letters."))
			.hasSize(2);
	}

	@Test
	void ignoresListenersWithoutProblems() {
		assertThat(check()).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check("Retry topics cannot serve a batch listener. Set retry.mode to blocking.").get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("error handling = retry topics (com.example.Orders#handle)");
		assertThat(finding.harm()).isEqualTo("Retry topics cannot serve a batch listener.");
		assertThat(finding.fixes()).singleElement().hasToString("Fix[kind=DO, text=Set retry.mode to blocking.]");
	}

	@Test
	void pointsToTheSettingsWhenAProblemSaysNotWhatToDo() {
		assertThat(check("retry.mode 'topic' needs topics of its own.")).singleElement().satisfies((finding) -> {
			assertThat(finding.harm()).isEqualTo("retry.mode 'topic' needs topics of its own.");
			assertThat(finding.fixes()).singleElement()
				.satisfies((fix) -> assertThat(fix.text())
					.isEqualTo("change kafka.guardrails.listeners.orders-listener.*"));
		});
	}

	private List<Finding> check(String... problems) {
		return this.rule.check(listener(
				(listener) -> listener.errorHandling = new ErrorHandlingSetup(ErrorHandlingSetup.Kind.GUARDRAILS,
						"retry topics", null, null, List.of(problems))));
	}

}
