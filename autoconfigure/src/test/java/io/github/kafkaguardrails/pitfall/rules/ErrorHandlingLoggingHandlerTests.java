package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingLoggingHandler}. */
class ErrorHandlingLoggingHandlerTests {

	private final ErrorHandlingLoggingHandler rule = new ErrorHandlingLoggingHandler();

	@Test
	void flagsAHandlerThatOnlyLogs() {
		assertThat(check((listener) -> {
		})).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "LOGGING_ONLY")
	void ignoresWhateverElseHandlesFailures(Kind kind) {
		assertThat(check((listener) -> listener.errorHandling = ErrorHandlingSetup.of(kind, "other"))).isEmpty();
	}

	@Test
	void ignoresContainersOfRetryTopics() {
		assertThat(check((listener) -> listener.role = ListenerSetup.Role.AUXILIARY)).isEmpty();
	}

	@Test
	void saysThatABatchIsLost() {
		assertThat(check((listener) -> listener.type = ContainerSetup.Type.BATCH).get(0).harm())
			.contains("whole batch");
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("error handling = 1 attempt, then log and skip (com.example.Orders#handle)");
		assertThat(finding.harm()).isEqualTo("Without a single retry a failing record is logged, committed and lost.");
		assertThat(finding.fixes()).extracting(Fix::text)
			.containsExactly("remove the CommonLoggingErrorHandler, so that these settings apply",
					"kafka.guardrails.listeners.orders-listener.retry.mode: blocking",
					"kafka.guardrails.listeners.orders-listener.then: dead-letter");
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.errorHandling = ErrorHandlingSetup.of(Kind.LOGGING_ONLY, "1 attempt, then log and skip");
			customizer.accept(listener);
		}));
	}

}
