package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.RetryTopicSetup.CreatedTopic;

/**
 * Flags retry and dead-letter topics that Spring Kafka creates with one replica, outside
 * development, or with one partition although the listener has several consumers.
 *
 * <p>
 * Why it hurts: the broker with the only replica dies, and with it every order that was
 * waiting for its next attempt. Or an outage sends the records of twelve partitions
 * through one: the retries of an hour take half a day.
 *
 * <p>
 * Wrong: {@code @RetryableTopic(replicationFactor = "1")}; the number of partitions is 1
 * by default. Right:
 * {@code @RetryableTopic(numPartitions = "12", replicationFactor = "3")}.
 *
 * <p>
 * Legitimate for failures that are rare and small: waive it for that listener.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/retrytopic/topic-naming.html">Retry
 * topics</a>
 */
@Pitfall(id = "error-handling-retry-topics-undersized",
		title = "Retry topics are created with one replica or one partition", severity = Severity.WARNING,
		why = "The only copy of a failed record is lost with its broker, or all retries queue up in one partition.",
		remedy = "numPartitions and replicationFactor as those of the main topic", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ErrorHandlingRetryTopicsUndersized implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return Stream.concat(created(setup), RetryTopicsInCluster.findings(setup)).toList();
	}

	/** Those that Spring Kafka is going to create. */
	private static Stream<Finding> created(KafkaSetup setup) {
		return setup.mainListeners()
			.stream()
			.filter((listener) -> listener.errorHandling().kind() == Kind.RETRY_TOPIC && listener.retryTopics() != null)
			.flatMap((listener) -> findings(listener, listener.retryTopics().created(),
					setup.application().development()));
	}

	private static Stream<Finding> findings(ListenerSetup listener, List<CreatedTopic> topics, boolean development) {
		int consumers = listener.container().concurrency();
		List<CreatedTopic> alone = topics.stream()
			.filter((topic) -> !development && topic.replicationFactor() == 1)
			.toList();
		List<CreatedTopic> narrow = topics.stream()
			.filter((topic) -> consumers > 1 && topic.partitions() == 1)
			.toList();
		return Stream
			.of(finding(listener, alone, "replicationFactor",
					"The only copy of a record that waits in such a topic is lost with its broker.", "3"),
					finding(listener, narrow, "numPartitions",
							"The listener has " + consumers
									+ " consumers, and all of their retries queue up in one partition.",
							"<partitions of the main topic>"))
			.flatMap(Optional::stream);
	}

	private static Optional<Finding> finding(ListenerSetup listener, List<CreatedTopic> topics, String attribute,
			String harm, String better) {
		if (topics.isEmpty()) {
			return Optional.empty();
		}
		String names = topics.stream().map(CreatedTopic::name).collect(Collectors.joining(", "));
		return Optional.of(Finding.of(listener.subject(), harm)
			.withEvidence(listener.fact(attribute + " of " + names, 1))
			.withFix(Fix.action("@RetryableTopic(" + attribute + " = \"" + better
					+ "\", ...), or declare the topics as NewTopic beans")));
	}

}
