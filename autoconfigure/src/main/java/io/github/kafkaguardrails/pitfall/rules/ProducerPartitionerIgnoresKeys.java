package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;

import com.google.auto.service.AutoService;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Flags producers with the {@code RoundRobinPartitioner}, or with
 * {@code partitioner.ignore.keys} and the built-in partitioner.
 *
 * <p>
 * Why it hurts: "cancelled" lands in another partition than "ordered", a second consumer
 * reads it first, and the order is shipped. {@code RoundRobinPartitioner} does not even
 * spread evenly: it counts a record twice when that opens a new batch (KAFKA-9965).
 *
 * <p>
 * Wrong:
 * {@code partitioner.class: org.apache.kafka.clients.producer.RoundRobinPartitioner}.
 * Right: no such property. Records without a key are spread anyway.
 *
 * <p>
 * Legitimate for topics whose order does not matter and whose keys are very uneven: waive
 * it for that factory. A partitioner of the application is not judged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#producerconfigs_partitioner.class">partitioner.class</a>
 */
@Pitfall(id = "producer-partitioner-ignores-keys",
		title = "Records with the same key are spread over several partitions", severity = Severity.WARNING,
		why = "The order of a key is gone, because its records lie in several partitions.",
		remedy = "delete partitioner.class or partitioner.ignore.keys", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ProducerPartitionerIgnoresKeys implements PitfallRule {

	private static final String PARTITIONER = "partitioner.class";

	private static final String IGNORE_KEYS = "partitioner.ignore.keys";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.producers()
			.stream()
			.map((producer) -> culprit(producer.config()).map((value) -> finding(producer, value)))
			.flatMap(Optional::stream)
			.toList();
	}

	private static Optional<ConfigValue> culprit(ClientConfig config) {
		String partitioner = config.string(PARTITIONER);
		if (partitioner.equals(RoundRobinPartitioner.class.getName())) {
			return config.given(PARTITIONER);
		}
		return (partitioner.isEmpty() && config.flag(IGNORE_KEYS)) ? config.given(IGNORE_KEYS) : Optional.empty();
	}

	private static Finding finding(ProducerSetup producer, ConfigValue culprit) {
		return Finding
			.of(producer.subject(),
					"Records with the same key lie in several partitions: nobody reads them in their order.")
			.withEvidence(culprit)
			.withFix(Remedy.delete(culprit));
	}

}
