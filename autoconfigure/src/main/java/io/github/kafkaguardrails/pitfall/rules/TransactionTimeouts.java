package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Compares the transaction time-outs of producers with what the brokers allow. A value
 * above the limit is refused when the producer is initialized.
 */
final class TransactionTimeouts {

	private static final String KEY = "transaction.timeout.ms";

	private static final String LIMIT = "transaction.max.timeout.ms";

	private TransactionTimeouts() {
	}

	/** Findings about the transactional producers whose cluster has been read. */
	static Stream<Finding> findings(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ProducerSetup producer : setup.producers()) {
			if (producer.transactional() && RejectedValues.accepts(producer.config(), KEY)) {
				setup.cluster(producer.config())
					.stream()
					.flatMap((cluster) -> finding(producer, cluster))
					.forEach(findings::add);
			}
		}
		return findings.stream();
	}

	private static Stream<Finding> finding(ProducerSetup producer, ClusterSetup cluster) {
		if (cluster.brokerConfig().problem() != null) {
			return Stream.of(Finding.unknown(producer.subject(), "The longest transaction that the brokers allow could "
					+ "not be read (" + cluster.brokerConfig().problem() + ")."));
		}
		OptionalLong timeout = producer.config().number(KEY);
		OptionalLong limit = ClusterFacts.number(cluster.brokerSetting(LIMIT));
		if (timeout.isEmpty() || limit.isEmpty() || timeout.getAsLong() <= limit.getAsLong()) {
			return Stream.empty();
		}
		ConfigValue value = producer.config().get(KEY);
		Finding finding = Finding
			.of(producer.subject(),
					"The broker refuses the time-out when the producer is initialized: no transaction can begin.")
			.withSeverity(Severity.ERROR)
			.withEvidence(value);
		return Stream.of(cluster.brokerSetting(LIMIT)
			.map(finding::withEvidence)
			.orElse(finding)
			.withFix(value.explicit() ? Remedy.change(value, limit.getAsLong())
					: Fix.set("spring.kafka.producer.properties." + KEY, limit.getAsLong())));
	}

}
