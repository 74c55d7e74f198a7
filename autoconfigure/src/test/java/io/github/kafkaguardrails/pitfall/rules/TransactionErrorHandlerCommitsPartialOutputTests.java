package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TransactionErrorHandlerCommitsPartialOutput}. */
class TransactionErrorHandlerCommitsPartialOutputTests {

	private final TransactionErrorHandlerCommitsPartialOutput rule = new TransactionErrorHandlerCommitsPartialOutput();

	@ParameterizedTest
	@EnumSource(value = Kind.class, names = { "LOG_AND_SKIP", "DEAD_LETTER", "LOGGING_ONLY" })
	void flagsAHandlerThatRecovers(Kind kind) {
		assertThat(check(kind, (listener) -> {
		})).singleElement().satisfies((finding) -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
	}

	@Test
	void informsOfAHandlerThatNothingIsKnownOf() {
		assertThat(check(Kind.CUSTOM, (listener) -> {
		})).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.INFO);
			assertThat(finding.harm()).startsWith("If the handler returns normally");
		});
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, names = { "STOPPING", "GUARDRAILS", "RETRY_TOPIC" })
	void ignoresHandlersThatDoNotRecoverInside(Kind kind) {
		assertThat(check(kind, (listener) -> {
		})).isEmpty();
	}

	@Test
	void ignoresAProcessorThatRecoversAfterTheRollback() {
		assertThat(check(Kind.DEAD_LETTER, (listener) -> listener.commonErrorHandler = false)).isEmpty();
	}

	@Test
	void ignoresListenersWithoutTransactions() {
		assertThat(check(Kind.DEAD_LETTER, (listener) -> listener.transactional = false)).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(Kind.DEAD_LETTER, (listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.harm()).contains("is committed");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("error handling in the transaction = handler (com.example.Orders#handle)");
		assertThat(finding.fixes()).hasSize(2);
	}

	private List<Finding> check(Kind kind, Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.transactional = true;
			listener.commonErrorHandler = true;
			listener.errorHandling = ErrorHandlingSetup.of(kind, "handler");
			customizer.accept(listener);
		}));
	}

}
