package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

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
import io.github.kafkaguardrails.setup.StreamsSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags Kafka Streams applications on a cluster of three or more brokers whose changelog
 * and repartition topics get, or have, fewer copies than three.
 *
 * <p>
 * Why it hurts: the changelog is the only durable copy of a store. With one replica it
 * goes with the disk of one broker, and the totals of two years have to be computed
 * again, if the source topics still hold them.
 *
 * <p>
 * Wrong: no {@code replication-factor} on brokers whose default is 1. Right:
 * {@code spring.kafka.streams.replication-factor: 3}.
 *
 * <p>
 * Legitimate for stores that can be filled again at any time: waive it. Clusters with
 * fewer brokers are not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#streamsconfigs_replication.factor">replication.factor</a>
 */
@Pitfall(id = "streams-internal-topics-underreplicated", title = "Changelog and repartition topics have one copy",
		severity = Severity.WARNING, why = "Losing a changelog is losing the store.",
		remedy = "spring.kafka.streams.replication-factor: 3", scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class StreamsInternalTopicsUnderreplicated implements PitfallRule {

	private static final String KEY = "replication.factor";

	private static final String PROPERTY = "spring.kafka.streams.replication-factor";

	private static final String BROKER_DEFAULT = "default.replication.factor";

	private static final int ENOUGH = 3;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.streams()
			.stream()
			.flatMap((streams) -> setup.cluster(streams.config())
				.filter((cluster) -> cluster.brokers().size() >= ENOUGH)
				.stream()
				.flatMap((cluster) -> Stream.concat(configured(streams, cluster).stream(),
						existing(streams, cluster).stream())))
			.toList();
	}

	private static Optional<Finding> configured(StreamsSetup streams, ClusterSetup cluster) {
		OptionalLong replicas = streams.config().number(KEY);
		boolean byBroker = replicas.isPresent() && replicas.getAsLong() == -1;
		if (byBroker && cluster.brokerConfig().problem() != null) {
			return Optional.of(Finding.unknown(streams.subject(), "How many copies the brokers give a topic by default "
					+ "could not be read (" + cluster.brokerConfig().problem() + ")."));
		}
		Optional<ConfigValue> brokers = cluster.brokerSetting(BROKER_DEFAULT).filter((value) -> byBroker);
		OptionalLong effective = byBroker ? ClusterFacts.number(brokers) : replicas;
		if (effective.isEmpty() || effective.getAsLong() != 1) {
			return Optional.empty();
		}
		ConfigValue value = streams.config().get(KEY);
		Finding finding = Finding
			.of(streams.subject(),
					"Changelog and repartition topics are created with one copy: the stores are lost with one disk.")
			.withEvidence(value);
		return Optional.of(Remedy.set(brokers.map(finding::withEvidence).orElse(finding), value, PROPERTY, ENOUGH));
	}

	private static Optional<Finding> existing(StreamsSetup streams, ClusterSetup cluster) {
		String prefix = streams.config().string("application.id") + "-";
		List<TopicSetup> weak = cluster.topics()
			.values()
			.stream()
			.filter((topic) -> topic.exists() && topic.name().startsWith(prefix)
					&& (topic.name().endsWith("-changelog") || topic.name().endsWith("-repartition")))
			.filter((topic) -> topic.replicationFactor() > 0 && topic.replicationFactor() < ENOUGH)
			.sorted((left, right) -> left.name().compareTo(right.name()))
			.toList();
		if (weak.isEmpty()) {
			return Optional.empty();
		}
		Finding finding = Finding.of(streams.subject(),
				"Internal topics have fewer than three copies: the stores are lost with one or two disks.");
		for (TopicSetup topic : weak) {
			finding = finding.withEvidence(topic.fact(KEY, topic.replicationFactor()));
		}
		return Optional.of(finding.withFix(Fix.action("write 3 replicas for each partition of "
				+ String.join(", ", weak.stream().map(TopicSetup::name).toList()) + " into plan.json, then "
				+ ClusterCommands.run("kafka-reassign-partitions.sh", cluster,
						"--reassignment-json-file plan.json --execute"))));
	}

}
