package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Flags transactional producers whose {@code transaction.timeout.ms} is larger than a
 * broker allows by default (15 minutes), and, for information, batch listeners whose
 * transactions end long before their batches must.
 *
 * <p>
 * Why it hurts: the broker refuses the producer ("timeout is larger than the maximum
 * value allowed by the broker") at the first transaction. Or a batch takes longer than
 * usual: the coordinator aborts the transaction in the middle of the work, the producer
 * is fenced, and the batch starts again, again too slow.
 *
 * <p>
 * Wrong: {@code transaction.timeout.ms: 3600000}, or {@code max-poll-interval: 10m} for a
 * batch listener alone. Right: {@code transaction.timeout.ms: 600000} with that interval.
 *
 * <p>
 * Legitimate when the brokers allow more ({@code transaction.max.timeout.ms}), or when
 * the batches are known to be fast. A record listener has a transaction for each record
 * and is not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#producerconfigs_transaction.timeout.ms">transaction.timeout.ms</a>
 */
@Pitfall(id = "transaction-timeout-mismatch", title = "The transaction timeout does not fit the broker or the work",
		severity = Severity.ERROR,
		why = "A broker refuses a timeout beyond its maximum, and a timeout that is too short aborts the transaction in the middle of the work.",
		remedy = "spring.kafka.producer.properties.transaction.timeout.ms: 120000", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class TransactionTimeoutMismatch implements StartupPitfallRule {

	private static final String KEY = "transaction.timeout.ms";

	private static final String PROPERTY = "spring.kafka.producer.properties." + KEY;

	private static final String INTERVAL = "max.poll.interval.ms";

	private static final long BROKER_MAXIMUM = 900_000;

	/** How many times the timeout the interval may be. */
	private static final long MARGIN = 5;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<ProducerSetup> producers = transactional(setup);
		List<Finding> findings = new ArrayList<>();
		for (ProducerSetup producer : producers) {
			if (timeout(producer) > BROKER_MAXIMUM && limit(setup, producer).isEmpty()) {
				findings.add(tooLong(producer));
			}
		}
		findings.addAll(TransactionTimeouts.findings(setup).toList());
		if (producers.size() == 1) {
			ConsumingListeners.of(setup)
				.filter((listener) -> tooShort(listener, producers.get(0)))
				.map((listener) -> tooShortFinding(listener, producers.get(0)))
				.forEach(findings::add);
		}
		return findings;
	}

	private static List<ProducerSetup> transactional(KafkaSetup setup) {
		List<ProducerSetup> producers = new ArrayList<>();
		for (ProducerSetup producer : setup.producers()) {
			if (producer.transactional() && !producer.customized()) {
				producers.add(producer);
			}
		}
		return producers;
	}

	/** What the brokers allow; empty while that is not known. */
	private static Optional<ConfigValue> limit(KafkaSetup setup, ProducerSetup producer) {
		return setup.cluster(producer.config())
			.flatMap((cluster) -> cluster.brokerSetting("transaction.max.timeout.ms"));
	}

	private static long timeout(ProducerSetup producer) {
		return producer.config().number(KEY).orElse(0);
	}

	private static Finding tooLong(ProducerSetup producer) {
		ConfigValue timeout = producer.config().get(KEY);
		return Finding.of(producer.subject(),
				"A broker allows 900000 ms at most unless its transaction.max.timeout.ms says otherwise: it refuses the"
						+ " producer at the first transaction.")
			.withSeverity(Severity.WARNING)
			.withEvidence(timeout)
			.withFix(Remedy.change(timeout, BROKER_MAXIMUM));
	}

	private static boolean tooShort(ListenerSetup listener, ProducerSetup producer) {
		ContainerSetup container = listener.container();
		return container.transactional() && container.type() == ContainerSetup.Type.BATCH
				&& timeout(producer) * MARGIN < listener.consumer().number(INTERVAL).orElse(0);
	}

	private static Finding tooShortFinding(ListenerSetup listener, ProducerSetup producer) {
		ConfigValue timeout = producer.config().get(KEY);
		ConfigValue interval = listener.consumer().get(INTERVAL);
		Finding finding = Finding.of(listener.subject(),
				"A batch has one transaction. When it takes longer than the transaction may, although it is still within"
						+ " the poll interval, the transaction is aborted in the middle of the work and the producer fenced.")
			.withSeverity(Severity.INFO)
			.withEvidence(timeout)
			.withEvidence(interval);
		long enough = Math.min(listener.consumer().number(INTERVAL).orElse(BROKER_MAXIMUM), BROKER_MAXIMUM);
		return Remedy.set(finding, timeout, PROPERTY, enough)
			.withFix(Fix.action("or make the batches smaller: max.poll.records"));
	}

}
