package io.github.kafkaguardrails.pitfall.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags topics that a listener names or a template sends to by default, and that the
 * cluster does not have.
 *
 * <p>
 * Why it hurts: a listener subscribes to {@code users.statutes}, the topic is called
 * {@code users.status}. It starts, logs a warning now and then, and waits for ever. A
 * producer blocks its caller for a minute and fails.
 *
 * <p>
 * Wrong: {@code @KafkaListener(topics = "users.statutes")}. Right: the name of a topic
 * that exists, or a topic that is created with a decided number of partitions and
 * replicas before the application is deployed.
 *
 * <p>
 * Legitimate when another team creates the topic later. A topic that the application may
 * not describe looks like a missing one. Retry and dead-letter topics have rules of their
 * own.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/container-props.html">missingTopicsFatal</a>
 */
@Pitfall(id = "topic-missing", title = "A topic that the application uses does not exist", severity = Severity.WARNING,
		why = "A listener waits silently; a producer blocks for max.block.ms and fails.",
		remedy = "correct the name, or create the topic with a decided number of partitions and replicas",
		scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TopicMissing implements PitfallRule {

	private static final int ENOUGH_REPLICAS = 3;

	private static final int ERRORS = 2;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		Stream<Finding> consumed = ListenerTopics.of(setup)
			.filter(ListenerTopics::named)
			.flatMap((topics) -> topics.subscribed()
				.stream()
				.flatMap((topic) -> finding(topics.cluster(), topic, topics.listener().fact("topic", topic),
						"The listener waits for it silently.")
					.map((finding) -> finding.checked()
							? finding.withFix(Fix.set("spring.kafka.listener.missing-topics-fatal", true)) : finding)
					.stream()));
		Stream<Finding> produced = setup.producers()
			.stream()
			.flatMap((producer) -> setup.cluster(producer.config())
				.stream()
				.flatMap((cluster) -> findings(producer, cluster)));
		return Stream.concat(consumed, produced).toList();
	}

	private static Stream<Finding> findings(ProducerSetup producer, ClusterSetup cluster) {
		String block = producer.config().string("max.block.ms");
		return producer.defaultTopics()
			.stream()
			.flatMap((topic) -> finding(cluster, topic.text(), topic,
					"A send blocks the caller for " + block + " ms and fails.")
				.stream());
	}

	private static Optional<Finding> finding(ClusterSetup cluster, String topic, ConfigValue use, String consequence) {
		Reading<Boolean> missing = ClusterFacts.missing(cluster, topic);
		Subject subject = new Subject(Subject.Kind.TOPIC, topic);
		if (missing.problem() != null) {
			return Optional.of(Finding.unknown(subject,
					"Whether the topic exists could not be read (" + missing.problem() + ")."));
		}
		if (missing.known().filter(Boolean::booleanValue).isEmpty()) {
			return Optional.empty();
		}
		Finding finding = Finding
			.of(subject, "The cluster has no such topic, or the application may not describe it. " + consequence)
			.withEvidence(use);
		Optional<String> meant = nearest(topic, cluster.topicNames().known().orElse(Set.of()));
		if (meant.isPresent()) {
			finding = finding.withFix(Fix.action("correct the name, if '" + meant.get() + "' is meant"));
		}
		int replicas = Math.max(1, Math.min(ENOUGH_REPLICAS, cluster.brokers().size()));
		return Optional.of(finding.withFix(ClusterCommands.create(cluster, topic, "<partitions>", replicas)));
	}

	/** The name that differs in its writing only, else the one with the fewest errors. */
	private static Optional<String> nearest(String name, Collection<String> candidates) {
		int errors = Math.min(ERRORS, name.length() / 3);
		return candidates.stream()
			.filter((candidate) -> !candidate.startsWith("__"))
			.filter((candidate) -> errors(name, candidate) <= errors)
			.min(Comparator.<String>comparingInt((candidate) -> errors(name, candidate))
				.thenComparing(Comparator.naturalOrder()));
	}

	private static int errors(String name, String candidate) {
		return uniform(name).equals(uniform(candidate)) ? 0 : Spelling.distance(name, candidate, ERRORS);
	}

	private static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
	}

}
