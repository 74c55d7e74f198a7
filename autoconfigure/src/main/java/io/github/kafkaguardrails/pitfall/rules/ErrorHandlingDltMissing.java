package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags listeners whose dead-letter topic does not exist: warning when nobody creates it,
 * info when the broker will, with its defaults.
 *
 * <p>
 * Why it hurts: the first record that cannot be processed cannot be put aside either.
 * Spring's recoverer fails, the record is delivered again and again, the partition stands
 * still, and each attempt blocks for {@code max.block.ms}.
 *
 * <p>
 * Wrong: a {@code DeadLetterPublishingRecoverer} on {@code orders} and no topic
 * {@code orders-dlt}. Right: a topic {@code orders-dlt} with the partitions and replicas
 * of {@code orders}, or no such bean, so that Kafka Guardrails provides the topic.
 *
 * <p>
 * Legitimate when the topic is created later; a topic that the application may not
 * describe looks like a missing one. Topics that code chooses are not checked, those that
 * Kafka Guardrails creates itself are not missing, and those of retry topics belong to
 * {@code error-handling-retry-topics-undersized}.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html#dead-letters">Dead-letter
 * records</a>
 */
@Pitfall(id = "error-handling-dlt-missing", title = "The dead-letter topic does not exist", severity = Severity.WARNING,
		why = "A failing record cannot be put aside: the partition stands still, or the listener stops.",
		remedy = "create the topic with the partitions and replicas of its source", scope = PitfallScope.CLUSTER,
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ErrorHandlingDltMissing implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ListenerTopics.of(setup)
			.filter((topics) -> UsedTopics.writesDeadLetters(setup, topics))
			.filter((topics) -> FailedRecordTopics.of(setup, topics.listener()) != FailedRecordTopics.CREATED)
			.flatMap((topics) -> findings(setup, topics))
			.toList();
	}

	private static Stream<Finding> findings(KafkaSetup setup, ListenerTopics topics) {
		boolean verified = FailedRecordTopics.of(setup, topics.listener()) == FailedRecordTopics.VERIFIED;
		return topics.deadLetters()
			.entrySet()
			.stream()
			.flatMap((names) -> topics.cluster()
				.topic(names.getKey())
				.flatMap((source) -> finding(topics, source, names.getValue(), verified))
				.stream());
	}

	private static Optional<Finding> finding(ListenerTopics topics, TopicSetup source, String deadLetter,
			boolean verified) {
		ClusterSetup cluster = topics.cluster();
		Reading<Boolean> missing = ClusterFacts.missing(cluster, deadLetter);
		if (missing.problem() != null) {
			return Optional.of(Finding.unknown(topics.listener().subject(), "Whether the dead-letter topic '"
					+ deadLetter + "' exists could not be read (" + missing.problem() + ")."));
		}
		if (missing.known().filter(Boolean::booleanValue).isEmpty()) {
			return Optional.empty();
		}
		if (!verified && cluster.brokerConfig().problem() != null) {
			return Optional.of(Finding.unknown(topics.listener().subject(),
					"The dead-letter topic '" + deadLetter
							+ "' does not exist, or the application may not describe it; whether the broker creates it "
							+ "could not be read (" + cluster.brokerConfig().problem() + ")."));
		}
		boolean created = !verified && ClusterFacts.flag(cluster.brokerSetting(TopicAutoCreationEnabled.KEY));
		Finding finding = Finding
			.of(topics.listener().subject(),
					"The dead-letter topic does not exist, or the application may not describe it. " + (created
							? "The broker will create it, with as few partitions and copies as its defaults say."
							: consequence(topics)))
			.withEvidence(topics.listener().fact("dead-letter topic", deadLetter))
			.withFix(ClusterCommands.create(cluster, deadLetter, source.partitions().size(),
					source.replicationFactor()));
		if (guardrails(topics)) {
			finding = finding.withFix(Fix.set(FailedRecordTopics.PROPERTY, "create"));
		}
		String former = source.name() + ".DLT";
		if (deadLetter.equals(source.name() + "-dlt") && cluster.topic(former).isPresent()) {
			finding = finding.withFix(Fix.action("there is a topic '" + former
					+ "': since Spring Kafka 3.3 the suffix is -dlt, so give the recoverer a destination resolver to keep it"));
		}
		return Optional.of(created ? finding.withSeverity(Severity.INFO) : finding);
	}

	private static boolean guardrails(ListenerTopics topics) {
		return topics.listener().errorHandling().kind() == ErrorHandlingSetup.Kind.GUARDRAILS;
	}

	private static String consequence(ListenerTopics topics) {
		return guardrails(topics)
				? "The first record that cannot be processed stops the listener, because it cannot be put aside."
				: "A record that cannot be processed cannot be put aside: it is delivered for ever, its partition stands "
						+ "still, and each attempt blocks for max.block.ms.";
	}

}
