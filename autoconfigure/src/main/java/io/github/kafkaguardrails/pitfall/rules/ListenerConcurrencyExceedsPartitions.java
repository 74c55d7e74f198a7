package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners with more threads than their topics have partitions; exactly as many
 * are mentioned, because a second instance would be idle.
 *
 * <p>
 * Why it hurts: the team raises the concurrency from 3 to 12 to work off a backlog, and
 * nothing changes: the topic has three partitions. Nine threads hold connections and send
 * heartbeats, and each rebalance has nine more members.
 *
 * <p>
 * Wrong: {@code spring.kafka.listener.concurrency: 12} for a topic with three partitions.
 * Right: at most the number of partitions divided by the number of instances.
 *
 * <p>
 * Legitimate shortly before partitions are added. Topic patterns, share groups and
 * partitions assigned by hand are not checked, and neither is one thread for one
 * partition.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/receiving-messages/message-listener-container.html">Message
 * listener containers</a>
 */
@Pitfall(id = "listener-concurrency-exceeds-partitions", title = "More listener threads than partitions",
		severity = Severity.WARNING,
		why = "Threads stay idle, with connections and heartbeats; the expected parallelism does not exist.",
		remedy = "spring.kafka.listener.concurrency of at most the partitions divided by the instances",
		scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ListenerConcurrencyExceedsPartitions implements PitfallRule {

	private static final String PROPERTY = "spring.kafka.listener.concurrency";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ListenerTopics.of(setup)
			.filter((topics) -> topics.listener().container().type() != ContainerSetup.Type.SHARE)
			.filter((topics) -> topics.named() && topics.listener().subscription().groupManaged())
			.filter((topics) -> topics.listener().container().concurrency() > 1)
			.flatMap((topics) -> topics.partitions()
				.filter((partitions) -> topics.listener().container().concurrency() >= partitions)
				.map((partitions) -> finding(setup, topics, partitions))
				.stream())
			.toList();
	}

	private static Finding finding(KafkaSetup setup, ListenerTopics topics, int partitions) {
		ListenerSetup listener = topics.listener();
		int idle = listener.container().concurrency() - partitions;
		ConfigValue concurrency = concurrency(setup, listener);
		Finding finding = Finding.of(listener.subject(),
				(idle > 0) ? idle + " of its threads never get a partition: they only cost connections and heartbeats."
						: "Each thread has one partition: a second instance of the application would be idle.")
			.withEvidence(concurrency)
			.withEvidence(ClusterFacts.of(topics.cluster(), "partitions of " + String.join(", ", topics.subscribed()),
					partitions));
		Fix fix = (concurrency.origin().property() != null) ? Fix.set(PROPERTY, partitions)
				: Fix.action("reduce the concurrency of " + listener.place() + " to " + partitions + " or less");
		return ((idle > 0) ? finding : finding.withSeverity(Severity.INFO)).withFix(fix)
			.withFix(Fix.action("with several instances divide the " + partitions + " partitions between them"));
	}

	/** The property, if the container does what it says. */
	private static ConfigValue concurrency(KafkaSetup setup, ListenerSetup listener) {
		int concurrency = listener.container().concurrency();
		Optional<ConfigValue> property = setup.application()
			.properties()
			.find(PROPERTY)
			.stream()
			.filter((value) -> value.text().equals(String.valueOf(concurrency)))
			.filter((value) -> listener.container().bootValues().containsKey(PROPERTY))
			.findFirst();
		return property.orElseGet(() -> listener.fact("concurrency", concurrency));
	}

}
