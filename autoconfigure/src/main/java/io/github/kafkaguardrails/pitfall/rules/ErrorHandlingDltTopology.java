package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags dead-letter topics that are compacted or have fewer replicas than their source,
 * and mentions those that are kept no longer than it or have fewer partitions.
 *
 * <p>
 * Why it hurts: the dead letter is the last copy of an order. On a compacted topic the
 * next failure of the same key overwrites it and one without a key is refused; with a
 * week's retention it is gone before anybody has looked.
 *
 * <p>
 * Wrong: {@code orders-dlt} with {@code cleanup.policy=compact}. Right: the partitions
 * and replicas of {@code orders}, {@code cleanup.policy=delete} and
 * {@code retention.ms=2592000000} or more.
 *
 * <p>
 * Legitimate when another process empties the topic at once: waive it. A partition count
 * that Kafka Guardrails corrects itself is not mentioned.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html#dead-letters">Dead-letter
 * records</a>
 */
@Pitfall(id = "error-handling-dlt-topology", title = "The dead-letter topic is not fit for its purpose",
		severity = Severity.WARNING, why = "The last copy of failed data deserves at least the care of the original.",
		remedy = "cleanup.policy=delete, retention.ms=2592000000, partitions and replicas like the source",
		scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ErrorHandlingDltTopology implements PitfallRule {

	private static final String POLICY = "cleanup.policy";

	private static final long WEEK = Duration.ofDays(7).toMillis();

	private static final long MONTH = Duration.ofDays(30).toMillis();

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ListenerTopics.of(setup)
			.filter((topics) -> UsedTopics.writesDeadLetters(setup, topics))
			.flatMap((topics) -> findings(setup, topics))
			.distinct()
			.toList();
	}

	private static Stream<Finding> findings(KafkaSetup setup, ListenerTopics topics) {
		boolean grows = FailedRecordTopics.of(setup, topics.listener()) == FailedRecordTopics.CREATED;
		List<Finding> findings = new ArrayList<>();
		for (Map.Entry<String, String> names : topics.deadLetters().entrySet()) {
			TopicSetup source = topics.cluster().topic(names.getKey()).orElse(null);
			TopicSetup deadLetter = topics.cluster().topic(names.getValue()).orElse(null);
			if (source != null && deadLetter != null) {
				copies(topics.cluster(), source, deadLetter, grows, findings);
				retention(topics.cluster(), source, deadLetter, findings);
			}
		}
		return findings.stream();
	}

	private static void copies(ClusterSetup cluster, TopicSetup source, TopicSetup deadLetter, boolean grows,
			List<Finding> findings) {
		int partitions = source.partitions().size();
		if (!grows && deadLetter.partitions().size() < partitions) {
			findings.add(Finding
				.of(deadLetter.subject(),
						"A dead letter cannot keep its partition: Spring writes it to any other one, so "
								+ "that records of one partition are spread.")
				.withSeverity(Severity.INFO)
				.withEvidence(deadLetter.fact("partitions", deadLetter.partitions().size()))
				.withEvidence(source.fact("partitions", partitions))
				.withFix(Fix.action(ClusterCommands.run("kafka-topics.sh", cluster,
						"--alter --topic " + deadLetter.name() + " --partitions " + partitions))));
		}
		if (deadLetter.replicationFactor() < source.replicationFactor()) {
			findings.add(Finding
				.of(deadLetter.subject(),
						"The dead letter is the last copy of its record, but it has fewer replicas than the original.")
				.withEvidence(deadLetter.fact("replication factor", deadLetter.replicationFactor()))
				.withEvidence(source.fact("replication factor", source.replicationFactor()))
				.withFix(Fix.action("give each partition of " + deadLetter.name() + " " + source.replicationFactor()
						+ " replicas (kafka-reassign-partitions.sh)")));
		}
	}

	private static void retention(ClusterSetup cluster, TopicSetup source, TopicSetup deadLetter,
			List<Finding> findings) {
		if (deadLetter.config().problem() != null) {
			TopicFindings.unreadable(List.of(deadLetter)).forEach(findings::add);
			return;
		}
		Fix fix = ClusterCommands.configure(cluster, List.of(deadLetter.name()),
				TopicRetentionTooShort.KEY + "=" + MONTH + ",cleanup.policy=delete");
		if (deadLetter.cleanedUpBy("compact")) {
			Finding finding = Finding
				.of(deadLetter.subject(),
						"Compaction keeps the last dead letter of each key only, and refuses one without a key.")
				.withFix(fix);
			findings.add(deadLetter.setting(POLICY).map(finding::withEvidence).orElse(finding));
		}
		long kept = retention(deadLetter);
		if (deadLetter.cleanedUpBy("delete") && kept <= WEEK && kept <= retention(source)) {
			Finding finding = Finding
				.of(deadLetter.subject(),
						"Dead letters are deleted as early as the originals, before somebody has time to "
								+ "look at them.")
				.withSeverity(Severity.INFO)
				.withFix(fix);
			findings.add(deadLetter.setting(TopicRetentionTooShort.KEY).map(finding::withEvidence).orElse(finding));
		}
	}

	/** How long a topic keeps records; what is not known counts as for ever. */
	private static long retention(TopicSetup topic) {
		long retention = ClusterFacts.number(topic.setting(TopicRetentionTooShort.KEY)).orElse(-1);
		return (retention < 0 || !topic.cleanedUpBy("delete")) ? Long.MAX_VALUE : retention;
	}

}
