package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags transactional listeners with an error handler of the application that recovers
 * records inside the transaction. Of a handler that nothing is known of it only informs.
 *
 * <p>
 * Why it hurts: the listener sends the first of two messages and fails. The handler
 * dead-letters the record and returns normally, and so the transaction commits: half of
 * the output is out, and the dead letter is replayed later on top of it.
 *
 * <p>
 * Wrong: a bean of type {@code CommonErrorHandler}, which Spring Boot gives to every
 * listener, and a {@code transaction-id-prefix}. Right: no error handler, and an
 * {@code AfterRollbackProcessor} or Kafka Guardrails, which recover after the roll-back.
 *
 * <p>
 * Legitimate when the listener never sends before it can fail. Handlers that stop the
 * container, and listeners that Kafka Guardrails handles, are not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html#after-rollback">After-rollback
 * Processor</a>
 */
@Pitfall(id = "transaction-error-handler-commits-partial-output",
		title = "Messages sent by the failed attempt are committed", severity = Severity.WARNING,
		why = "The handler recovers the record inside the transaction, which then commits what the failed attempt has sent.",
		remedy = "No CommonErrorHandler for transactional listeners: recover after the rollback", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TransactionErrorHandlerCommitsPartialOutput implements PitfallRule {

	private static final Set<Kind> RECOVERING = Set.of(Kind.LOG_AND_SKIP, Kind.DEAD_LETTER, Kind.LOGGING_ONLY);

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConsumingListeners.of(setup)
			.filter((listener) -> listener.container().transactional() && listener.container().commonErrorHandler())
			.filter((listener) -> recovers(listener) || listener.errorHandling().kind() == Kind.CUSTOM)
			.map(TransactionErrorHandlerCommitsPartialOutput::finding)
			.toList();
	}

	private static boolean recovers(ListenerSetup listener) {
		return RECOVERING.contains(listener.errorHandling().kind());
	}

	private static Finding finding(ListenerSetup listener) {
		String harm = recovers(listener)
				? "The handler recovers the record inside the transaction: what the failed attempt has sent before it threw"
						+ " is committed."
				: "If the handler returns normally, the transaction commits what the failed attempt has sent before it threw.";
		return Finding.of(listener.subject(), harm)
			.withSeverity(recovers(listener) ? Severity.WARNING : Severity.INFO)
			.withEvidence(listener.fact("error handling in the transaction", listener.errorHandling().description()))
			.withFix(Fix
				.action("remove the error handler from this listener: Kafka Guardrails recovers after the rollback"))
			.withFix(
					Fix.action("or recover in an AfterRollbackProcessor: new DefaultAfterRollbackProcessor<>(recoverer,"
							+ " backOff, template, true)"));
	}

}
