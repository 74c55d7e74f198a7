package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Locale;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.SendActivity;

/**
 * Flags classes that send a record while a transaction of a database is open on the
 * thread. Information only when the template takes part in Kafka transactions (the two
 * commits follow one another, nothing joins them), and when the record is sent after the
 * commit (no record without a commit, but a crash between the two loses it).
 *
 * <p>
 * Why it hurts: the order was rolled back by a constraint at commit, but "order created"
 * was published already and the invoice went out. Or the other way round: the order is in
 * the database, and the pod died before the record had left.
 *
 * <p>
 * Wrong: {@code @Transactional void place(Order order) { repository.save(order);
 * template.send("orders", order); }}. Right: save the order and a row of an outbox in one
 * transaction, and let change data capture or a relay send the row.
 *
 * <p>
 * Legitimate for the relay of an outbox (a class with "outbox" in its name is not
 * reported) and for records that are documented as best effort: waive it for that
 * producer.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/transactions.html">Transactions</a>
 */
@Pitfall(id = "producer-dual-write", title = "A record is sent while a database transaction is open",
		severity = Severity.WARNING,
		why = "The record may be published for a transaction that rolls back, or be lost after a commit.",
		remedy = "a transactional outbox with change data capture or a relay", scope = PitfallScope.ACTIVITY,
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ProducerDualWrite implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.activity()
			.sends()
			.inTransactions()
			.stream()
			.filter((send) -> !send.caller().toLowerCase(Locale.ROOT).contains("outbox"))
			.map((send) -> finding(setup, send))
			.toList();
	}

	private static Finding finding(KafkaSetup setup, SendActivity.InTransaction send) {
		Finding finding = Finding.of(ObservedProducer.subject(setup, send.template()), harm(send))
			.withEvidence(ActivitySetup.fact("sent by", send.caller()))
			.withEvidence(ActivitySetup.fact("topic", send.topic()))
			.withEvidence(ActivitySetup.fact("resource of the transaction", send.resource()))
			.withFix(Fix.action(
					"write the record to an outbox table in the same transaction, and let change data capture or a relay send it"));
		return (send.transactional() || send.afterCompletion()) ? finding.withSeverity(Severity.INFO) : finding;
	}

	private static String harm(SendActivity.InTransaction send) {
		if (send.afterCompletion()) {
			return "The record is sent after the transaction: when the application ends between the two, it is lost.";
		}
		return send.transactional()
				? "The transactions of Kafka and of the database are committed one after the other: when the second commit fails, only one of the two has happened."
				: "The record may be published although the transaction rolls back, or be lost although it commits.";
	}

}
