package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Flags transactional producers that cannot be transactional, because of {@code acks},
 * {@code retries} or {@code enable.idempotence}.
 *
 * <p>
 * Why it hurts: {@code acks: 1} was harmless for years. Somebody adds a transaction id
 * prefix, with which Spring requires idempotence, and the first transaction throws; the
 * start-up shows nothing.
 *
 * <p>
 * Wrong: {@code spring.kafka.producer.acks: 1} with a {@code transaction-id-prefix}.
 * Right: {@code acks: all}, and neither {@code retries: 0} nor
 * {@code enable.idempotence: false}.
 *
 * <p>
 * Legitimate when a factory repairs the values while it creates the producer; such
 * factories only get a warning.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#producerconfigs_transactional.id">transactional.id</a>
 */
@Pitfall(id = "transaction-configuration-rejected",
		title = "Transactions are configured on a producer that cannot be transactional", severity = Severity.ERROR,
		why = "The client refuses the configuration at the first transaction, not at start-up.",
		remedy = "spring.kafka.producer.acks: all, without retries: 0 and enable.idempotence: false", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class TransactionConfigurationRejected implements StartupPitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ProducerSetup producer : setup.producers()) {
			if (producer.transactional()) {
				findings.addAll(findings(producer));
			}
		}
		return findings;
	}

	private static List<Finding> findings(ProducerSetup producer) {
		return ProducerIdempotence.obstacles(producer.config())
			.map((obstacle) -> ProducerIdempotence.mend(finding(producer, obstacle), obstacle))
			.toList();
	}

	private static Finding finding(ProducerSetup producer, ConfigValue obstacle) {
		Finding finding = Finding
			.of(producer.subject(),
					"Transactions need acks=all, retries and idempotence: the application starts, and the first "
							+ "transaction fails with a ConfigException.")
			.withEvidence(obstacle)
			.withSeverity(producer.customized() ? Severity.WARNING : Severity.ERROR);
		ConfigValue prefix = producer.transactionIdPrefix();
		return (prefix != null) ? finding.withEvidence(prefix) : finding;
	}

}
