package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingRetryTopicOrdering}. */
class ErrorHandlingRetryTopicOrderingTests {

	private final ErrorHandlingRetryTopicOrdering rule = new ErrorHandlingRetryTopicOrdering();

	@Test
	void flagsListenersWithRetryTopics() {
		assertThat(check((listener) -> {
		})).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "RETRY_TOPIC")
	void ignoresWhateverElseHandlesFailures(Kind kind) {
		assertThat(check((listener) -> listener.errorHandling = ErrorHandlingSetup.of(kind, "other"))).isEmpty();
	}

	@Test
	void reportsTheMainListenerOnly() {
		assertThat(check((listener) -> listener.role = ListenerSetup.Role.AUXILIARY)).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(ConfigValue::toString)
			.containsExactly("error handling = retry topics (com.example.Orders#handle)");
		assertThat(finding.harm()).startsWith("A later record of the same key");
		assertThat(finding.fixes().get(1))
			.isEqualTo(Fix.set("kafka.guardrails.listeners.orders-listener.retry.mode", "blocking"));
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.errorHandling = ErrorHandlingSetup.of(Kind.RETRY_TOPIC, "retry topics");
			customizer.accept(listener);
		}));
	}

}
