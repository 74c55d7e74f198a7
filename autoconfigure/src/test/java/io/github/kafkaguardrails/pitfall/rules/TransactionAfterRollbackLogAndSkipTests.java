package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.BackOffSetup;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.listener;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TransactionAfterRollbackLogAndSkip}. */
class TransactionAfterRollbackLogAndSkipTests {

	private final TransactionAfterRollbackLogAndSkip rule = new TransactionAfterRollbackLogAndSkip();

	@Test
	void flagsSpringsOwnProcessor() {
		assertThat(check((listener) -> {
		})).hasSize(1);
	}

	@Test
	void ignoresListenersWithoutTransactions() {
		assertThat(check((listener) -> listener.transactional = false)).isEmpty();
	}

	@Test
	void ignoresListenersThatKafkaGuardrailsHandles() {
		assertThat(check((listener) -> {
			listener.commonErrorHandler = true;
			listener.errorHandling = handling(Kind.GUARDRAILS, 9);
		})).isEmpty();
	}

	@Test
	void leavesAnErrorHandlerToAnotherRule() {
		assertThat(check((listener) -> listener.commonErrorHandler = true)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, names = { "DEAD_LETTER", "CUSTOM" })
	void ignoresAProcessorWithARecoverer(Kind kind) {
		assertThat(check((listener) -> listener.errorHandling = handling(kind, 9))).isEmpty();
		assertThat(check((listener) -> {
			listener.type = ContainerSetup.Type.BATCH;
			listener.errorHandling = handling(kind, 9);
		})).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = Kind.class, names = { "SPRING_DEFAULT", "DEAD_LETTER", "CUSTOM" })
	void flagsABatchThatComesBackWithoutAnEnd(Kind kind) {
		assertThat(check((listener) -> {
			listener.type = ContainerSetup.Type.BATCH;
			listener.errorHandling = handling(kind, BackOffSetup.UNLIMITED);
		})).singleElement().satisfies((finding) -> {
			assertThat(finding.harm()).contains("without an end");
			assertThat(finding.fixes().get(2).text()).contains("setBatchRecoverAfterRollback(true)");
		});
	}

	@Test
	void ignoresARecordThatIsRetriedForEverOnPurpose() {
		assertThat(check((listener) -> listener.errorHandling = handling(Kind.DEAD_LETTER, BackOffSetup.UNLIMITED)))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check((listener) -> {
		}).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.harm()).contains("logged and left behind").contains("come back after a restart");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("after a rollback = 10 attempts, then log (com.example.Orders#handle)");
		assertThat(finding.fixes().get(0).text())
			.isEqualTo("kafka.guardrails.listeners.orders-listener.then: dead-letter");
	}

	private List<Finding> check(Consumer<ListenerBuilder> customizer) {
		return this.rule.check(listener((listener) -> {
			listener.transactional = true;
			listener.errorHandling = handling(Kind.SPRING_DEFAULT, 9);
			customizer.accept(listener);
		}));
	}

	private static ErrorHandlingSetup handling(Kind kind, long retries) {
		return new ErrorHandlingSetup(kind, "10 attempts, then log",
				new BackOffSetup(retries, Duration.ZERO, Duration.ZERO, false), null, List.of());
	}

}
