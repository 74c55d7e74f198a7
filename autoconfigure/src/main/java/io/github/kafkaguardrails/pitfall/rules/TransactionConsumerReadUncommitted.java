package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Flags listeners of a transactional application that read records of open and aborted
 * transactions.
 *
 * <p>
 * Why it hurts: the transaction that debits an account is aborted, but its record stays
 * in the log, and the listener behind it sends the goods. Exactly-once ends where a
 * consumer reads uncommitted input.
 *
 * <p>
 * Wrong: no {@code isolation-level}; Spring Boot's default is {@code read-uncommitted}.
 * Right: {@code spring.kafka.consumer.isolation-level: read-committed}. The same key
 * under {@code spring.kafka.properties} has no effect.
 *
 * <p>
 * Legitimate for topics that are never written in a transaction; changing it is harmless
 * there.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_isolation.level">isolation.level</a>
 */
@Pitfall(id = "transaction-consumer-read-uncommitted",
		title = "A transactional application reads records of aborted transactions", severity = Severity.WARNING,
		why = "Exactly-once ends where a consumer reads uncommitted input.",
		remedy = "spring.kafka.consumer.isolation-level: read-committed", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TransactionConsumerReadUncommitted implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.producers().stream().noneMatch(ProducerSetup::transactional)) {
			return List.of();
		}
		return ConsumingListeners.of(setup)
			.filter((listener) -> "read_uncommitted".equals(listener.consumer().string("isolation.level")))
			.map(TransactionConsumerReadUncommitted::finding)
			.toList();
	}

	private static Finding finding(ListenerSetup listener) {
		ConfigValue value = listener.consumer().get("isolation.level");
		Finding finding = Finding
			.of(listener.subject(),
					"The application writes in transactions, but this listener also reads what an aborted "
							+ "transaction wrote: it acts on events that never happened.")
			.withEvidence(value);
		return Remedy.set(finding, value, "spring.kafka.consumer.isolation-level", "read-committed");
	}

}
