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
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenerRetryableTopicUnsupported}. */
class ListenerRetryableTopicUnsupportedTests {

	private final ListenerRetryableTopicUnsupported rule = new ListenerRetryableTopicUnsupported();

	private static final String BOOT = "spring.kafka.retry.topic.enabled";

	@Test
	void flagsRetryTopicsOfATransactionalListener() {
		assertThat(check((listener) -> {
		})).hasSize(1);
	}

	@Test
	void ignoresRetryTopicsWithoutTransactions() {
		assertThat(check((listener) -> listener.transactional = false)).isEmpty();
	}

	@Test
	void ignoresTransactionsWithoutRetryTopics() {
		assertThat(check((listener) -> listener.errorHandling = ErrorHandlingSetup.of(Kind.GUARDRAILS, "blocking")))
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
			.containsExactly("error handling = retry topics (com.example.Orders#handle)",
					"transactional = true (com.example.Orders#handle)");
		assertThat(finding.harm()).contains("is committed");
		assertThat(finding.fixes()).extracting(Fix::text)
			.containsExactly("remove @RetryableTopic, or the RetryTopicConfiguration that matches its topics",
					"kafka.guardrails.listeners.orders-listener.retry.mode: blocking");
	}

	@Test
	void namesThePropertyOfSpringBoot() {
		assertThat(this.rule
			.check(application().withProperty(BOOT, true)
				.withListener("orders-listener", ListenerRetryableTopicUnsupportedTests::retried)
				.build())
			.get(0)
			.fixes()
			.get(0)).isEqualTo(Fix.set(BOOT, false));
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			retried(listener);
			customizer.accept(listener);
		}));
	}

	private static void retried(ListenerBuilder listener) {
		listener.transactional = true;
		listener.errorHandling = ErrorHandlingSetup.of(Kind.RETRY_TOPIC, "retry topics");
	}

}
