package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.DeclaredTopicSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags topics that the application declares with one replica, outside development. It is
 * for information only when the declaration leaves the number to the broker.
 *
 * <p>
 * Why it hurts: the declaration is copied from a sample, and the topic is created like
 * that in production. A broker is restarted for a patch: the topic can neither be written
 * nor read; its disk dies: everything in it is gone.
 *
 * <p>
 * Wrong: {@code TopicBuilder.name("orders").replicas(1)}. Right: {@code .replicas(3)}, or
 * a number from a property, so that a single broker can do with 1.
 *
 * <p>
 * Legitimate for a topic whose loss does not matter, and for a cluster with one broker:
 * waive it with the topic's name.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#replication">Replication</a>
 */
@Pitfall(id = "topic-declared-without-replication", title = "The application declares topics with one replica",
		severity = Severity.WARNING,
		why = "One broker that is restarted stops the topic, one disk that dies takes everything in it along.",
		remedy = "TopicBuilder.name(\"orders\").partitions(6).replicas(3).config(\"min.insync.replicas\", \"2\")",
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TopicDeclaredWithoutReplication implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		return setup.topics()
			.stream()
			.filter((topic) -> topic.replicationFactor() <= 1)
			.map(TopicDeclaredWithoutReplication::finding)
			.toList();
	}

	private static Finding finding(DeclaredTopicSetup topic) {
		Fix fix = Fix
			.action("declare the topic with .replicas(3).config(\"min.insync.replicas\", \"2\"), the number from a"
					+ " property where there are fewer brokers; a topic of @RetryableTopic with replicationFactor = \"3\"");
		if (topic.replicationFactor() == DeclaredTopicSetup.BROKER_DEFAULT) {
			return Finding
				.of(topic.subject(),
						"The broker decides about the number of replicas: it is 1 unless somebody has changed"
								+ " default.replication.factor.")
				.withSeverity(Severity.INFO)
				.withFix(fix);
		}
		return Finding
			.of(topic.subject(),
					"The only copy is on one broker: while it is restarted nobody can write or read, and when"
							+ " its disk dies everything is gone.")
			.withEvidence(topic.fact("replication factor", topic.replicationFactor()))
			.withFix(fix);
	}

}
