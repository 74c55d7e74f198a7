package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Flags transactional producers of a cluster that has too few brokers to create its
 * transaction log.
 *
 * <p>
 * Why it hurts: a developer starts one broker with the default settings. Plain sends
 * work; the first transaction waits a minute for {@code InitProducerId} and fails with a
 * time-out that says nothing about the cause.
 *
 * <p>
 * Wrong: one broker with {@code transaction.state.log.replication.factor=3}, the default.
 * Right: {@code transaction.state.log.replication.factor=1} and
 * {@code transaction.state.log.min.isr=1} for a single broker, three brokers in
 * production.
 *
 * <p>
 * Legitimate: never. A log that the application may not be allowed to see is unknown.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#producerconfigs_transactional.id">transactional.id</a>
 */
@Pitfall(id = "transaction-state-log-unavailable", title = "The cluster is too small for its own transaction log",
		severity = Severity.ERROR, why = "The first transaction waits for InitProducerId and times out.",
		remedy = "for a single broker: transaction.state.log.replication.factor=1 and transaction.state.log.min.isr=1",
		scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TransactionStateLogUnavailable implements PitfallRule {

	private static final String KEY = "transaction.state.log.replication.factor";

	private static final String LOG = "__transaction_state";

	private static final String AUTHORIZER = "authorizer.class.name";

	private static final String OFFSETS = "__consumer_offsets";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.producers()
			.stream()
			.filter(ProducerSetup::transactional)
			.flatMap((producer) -> setup.cluster(producer.config())
				.flatMap((cluster) -> finding(producer, cluster))
				.stream())
			.toList();
	}

	private static Optional<Finding> finding(ProducerSetup producer, ClusterSetup cluster) {
		if (cluster.topic(LOG).isPresent()) {
			return Optional.empty();
		}
		if (cluster.brokerConfig().problem() != null) {
			return Optional.of(Finding.unknown(producer.subject(),
					"The configuration of the brokers could not be read (" + cluster.brokerConfig().problem() + ")."));
		}
		OptionalLong replicas = ClusterFacts.number(cluster.brokerSetting(KEY));
		if (replicas.isEmpty() || cluster.brokers().size() >= replicas.getAsLong()) {
			return Optional.empty();
		}
		if (!ClusterFacts.missing(cluster, LOG).known().orElse(false) || !visible(cluster)) {
			return Optional.of(Finding.unknown(producer.subject(),
					"Whether the cluster has its transaction log is not known: the application may not see it."));
		}
		ConfigValue prefix = producer.transactionIdPrefix();
		Finding finding = Finding.of(producer.subject(),
				"The cluster cannot create its transaction log with as many copies: the first transaction waits for "
						+ "InitProducerId and times out.");
		finding = (prefix != null) ? finding.withEvidence(prefix) : finding;
		return Optional
			.of(cluster.brokerSetting(KEY)
				.map(finding::withEvidence)
				.orElse(finding)
				.withEvidence(ClusterFacts.of(cluster, "brokers", cluster.brokers().size()))
				.withFix(Fix
					.action("set " + KEY + "=1 and transaction.state.log.min.isr=1 in the configuration of a single "
							+ "broker, or run " + replicas.getAsLong() + " brokers")));
	}

	/** Whether an internal topic would be seen if it existed. */
	private static boolean visible(ClusterSetup cluster) {
		boolean open = cluster.brokerSetting(AUTHORIZER)
			.filter((authorizer) -> authorizer.value() == null || authorizer.text().isBlank())
			.isPresent();
		return open || cluster.topic(OFFSETS).isPresent();
	}

}
