package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.BackOffSetup;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags transactional listeners whose failing records end in Spring's own
 * {@code DefaultAfterRollbackProcessor} without a recoverer, and transactional batch
 * listeners whose failing batches come back without an end.
 *
 * <p>
 * Why it hurts: after ten roll-backs the record is logged and left behind. Its offset is
 * not committed until a later record succeeds, and so after a restart it may be there
 * again. A batch is worse: without both {@code batchRecoverAfterRollback} and
 * {@code commitRecovered} nothing is ever given up, and the partition stands still.
 *
 * <p>
 * Wrong: {@code transaction-id-prefix} and {@code kafka.guardrails.safe-defaults: false}.
 * Right: {@code kafka.guardrails.listeners.<id>.then: dead-letter}, or a
 * {@code DefaultAfterRollbackProcessor} with a recoverer, a transactional template and
 * {@code commitRecovered}.
 *
 * <p>
 * Legitimate for records that may be lost: choose
 * {@code kafka.guardrails.listeners.<id>.then: skip}, which says so. Listeners that Kafka
 * Guardrails handles are not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html#after-rollback">After-rollback
 * Processor</a>
 */
@Pitfall(id = "transaction-after-rollback-log-and-skip",
		title = "After ten rollbacks the record is logged and left behind", severity = Severity.WARNING,
		why = "Error handlers do not apply after a rollback: the record is lost in the log, a batch is repeated without an end.",
		remedy = "kafka.guardrails.listeners.<id>.then: dead-letter", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TransactionAfterRollbackLogAndSkip implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConsumingListeners.of(setup)
			.filter((listener) -> listener.container().transactional() && !listener.container().commonErrorHandler()
					&& listener.errorHandling().kind() != Kind.GUARDRAILS)
			.filter((listener) -> endless(listener) || listener.errorHandling().kind() == Kind.SPRING_DEFAULT)
			.map(TransactionAfterRollbackLogAndSkip::finding)
			.toList();
	}

	private static boolean endless(ListenerSetup listener) {
		BackOffSetup backOff = listener.errorHandling().backOff();
		return listener.container().type() == ContainerSetup.Type.BATCH && backOff != null
				&& backOff.retries() == BackOffSetup.UNLIMITED;
	}

	private static Finding finding(ListenerSetup listener) {
		String harm = endless(listener)
				? "A batch that fails is rolled back and delivered again without an end: the partition stands still."
				: "When the attempts are used up, the record is logged and left behind. Its offset is committed with a"
						+ " later record only, so that it may come back after a restart.";
		return Finding.of(listener.subject(), harm)
			.withEvidence(listener.fact("after a rollback", listener.errorHandling().description()))
			.withFix(Fix.set(ListenerSettings.property(listener, "then"), "dead-letter"))
			.withFix(Fix
				.action("set kafka.guardrails.safe-defaults to true and remove your AfterRollbackProcessor, so that"
						+ " this setting applies"))
			.withFix(Fix.action("or give it a recoverer: new DefaultAfterRollbackProcessor<>(new"
					+ " DeadLetterPublishingRecoverer(template), backOff, template, true)"
					+ (endless(listener) ? ", and containerProperties.setBatchRecoverAfterRollback(true)" : "")));
	}

}
