package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.RetryTopicSetup;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ErrorHandlingRetryTopicNoDlt}. */
class ErrorHandlingRetryTopicNoDltTests {

	private final ErrorHandlingRetryTopicNoDlt rule = new ErrorHandlingRetryTopicNoDlt();

	@Test
	void flagsRetryTopicsThatEndInNothing() {
		assertThat(check((listener) -> {
		})).hasSize(1);
	}

	@Test
	void ignoresADeadLetterTopic() {
		assertThat(check((listener) -> listener.retryTopics = new RetryTopicSetup(true, List.of()))).isEmpty();
	}

	@Test
	void ignoresRetryTopicsThatAreNotKnown() {
		assertThat(check((listener) -> listener.retryTopics = null)).isEmpty();
	}

	@Test
	void ignoresListenersThatGuardrailsHandles() {
		assertThat(check((listener) -> listener.errorHandling = ErrorHandlingSetup.of(Kind.GUARDRAILS, "retry topic")))
			.isEmpty();
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
			.containsExactly("dead-letter topic = none (com.example.Orders#handle)");
		assertThat(finding.harm()).startsWith("After the last attempt a record is dropped");
		assertThat(finding.fixes()).extracting(Fix::text)
			.singleElement()
			.satisfies((fix) -> assertThat(fix).startsWith("set dltStrategy = DltStrategy.FAIL_ON_ERROR"));
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.errorHandling = ErrorHandlingSetup.of(Kind.RETRY_TOPIC, "retry topics");
			listener.retryTopics = new RetryTopicSetup(false, List.of());
			customizer.accept(listener);
		}));
	}

}
