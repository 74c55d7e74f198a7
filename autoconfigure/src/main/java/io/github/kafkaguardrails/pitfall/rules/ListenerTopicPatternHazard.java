package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags topic patterns that also match the dead-letter topics of the topics they match,
 * that are read from the end, or that include Kafka's internal topics. Dead letters of
 * Kafka Guardrails are kept away from the listener, hence not flagged.
 *
 * <p>
 * Why it hurts: {@code orders.*} matches {@code orders-dlt}. The listener fails at its
 * own dead letter again, writes {@code orders-dlt-dlt}, and so on. And with
 * {@code latest} the first records of a new tenant's topic are gone: the consumer notices
 * the topic up to five minutes after its creation, and starts at its end.
 *
 * <p>
 * Wrong: {@code topicPattern = "orders.*"}. Right:
 * {@code topicPattern = "orders\\.[a-z]+"} with
 * {@code spring.kafka.consumer.auto-offset-reset: earliest}.
 *
 * <p>
 * Legitimate for the end of the topic where only the present counts: waive it. A group
 * that is new at each start is left out.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/receiving-messages/listener-annotation.html">@KafkaListener
 * annotation</a>
 */
@Pitfall(id = "listener-topic-pattern-hazard", title = "A topic pattern matches more, or sees less, than intended",
		severity = Severity.WARNING,
		why = "The listener consumes its own dead letters, or skips the first records of each new topic.",
		remedy = "spring.kafka.consumer.auto-offset-reset: earliest, and a pattern that excludes dead-letter topics",
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ListenerTopicPatternHazard implements PitfallRule {

	private static final String RESET = "auto.offset.reset";

	private static final String EXCLUDE = "exclude.internal.topics";

	private static final String ANY_TOPIC = "<topic>";

	private static final List<String> INTERNAL = List.of("__consumer_offsets", "__transaction_state",
			"__share_group_state");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		Set<String> topics = setup.listeners()
			.stream()
			.flatMap((listener) -> listener.subscription().topics().stream())
			.collect(Collectors.toCollection(TreeSet::new));
		return Stream
			.concat(ConsumingListeners.of(setup)
				.flatMap((listener) -> findings(setup, listener, listener.subscription().pattern(), topics)),
					TopicPatternMatches.findings(setup))
			.toList();
	}

	private static Stream<Finding> findings(KafkaSetup setup, ListenerSetup listener, @Nullable String pattern,
			Set<String> topics) {
		if (pattern == null) {
			return Stream.empty();
		}
		Optional<Finding> own = tellsItself(setup, listener) ? Optional.empty()
				: ownDeadLetters(listener, pattern, topics);
		return Stream.of(own, fromTheEnd(listener, pattern), internal(listener, pattern)).flatMap(Optional::stream);
	}

	/** Whether it is known which topics the pattern really matches. */
	private static boolean tellsItself(KafkaSetup setup, ListenerSetup listener) {
		return setup.cluster(listener.consumer()).flatMap((cluster) -> cluster.topicNames().known()).isPresent();
	}

	private static Optional<Finding> ownDeadLetters(ListenerSetup listener, String pattern, Set<String> topics) {
		DeadLetterSetup deadLetter = listener.errorHandling().deadLetter();
		if (deadLetter == null || listener.errorHandling().kind() == ErrorHandlingSetup.Kind.GUARDRAILS
				|| !deadLetter.topic().startsWith(ANY_TOPIC)) {
			return Optional.empty();
		}
		String suffix = deadLetter.topic().substring(ANY_TOPIC.length());
		boolean certain = open(pattern) || topics.stream()
			.anyMatch((topic) -> Pattern.matches(pattern, topic) && Pattern.matches(pattern, topic + suffix));
		if (!certain) {
			return Optional.empty();
		}
		return Optional.of(Finding.of(listener.subject(),
				"The pattern also matches dead-letter topics: the listener consumes its own dead letters, and those "
						+ "that fail again go to " + ANY_TOPIC + suffix + suffix + ".")
			.withEvidence(listener.fact("topic pattern", pattern))
			.withEvidence(listener.fact("dead-letter topic", deadLetter.topic()))
			.withFix(Fix.action("exclude them: topicPattern = \"(?!.*" + suffix + "$)" + pattern + "\"")));
	}

	/** Whether whatever follows a topic that matches is matched as well. */
	private static boolean open(String pattern) {
		return (pattern.endsWith(".*") || pattern.endsWith(".+")) && !pattern.startsWith("\\", pattern.length() - 3)
				&& !pattern.contains("(?!") && !pattern.contains("(?<!");
	}

	private static Optional<Finding> fromTheEnd(ListenerSetup listener, String pattern) {
		ConfigValue reset = listener.consumer().get(RESET);
		if (!"latest".equals(listener.consumer().string(RESET)) || RandomGroup.of(listener)) {
			return Optional.empty();
		}
		Finding finding = Finding
			.of(listener.subject(),
					"A new topic is noticed up to " + listener.consumer().get("metadata.max.age.ms").text()
							+ " ms after its creation, and read from its end: its first records are skipped.")
			.withEvidence(listener.fact("topic pattern", pattern))
			.withEvidence(reset);
		return Optional.of(Remedy.set(finding, reset, "spring.kafka.consumer.auto-offset-reset", "earliest"));
	}

	private static Optional<Finding> internal(ListenerSetup listener, String pattern) {
		ConfigValue exclude = listener.consumer().get(EXCLUDE);
		if (listener.consumer().flag(EXCLUDE)
				|| INTERNAL.stream().noneMatch((topic) -> Pattern.matches(pattern, topic))) {
			return Optional.empty();
		}
		return Optional.of(Finding.of(listener.subject(),
				"The pattern also matches Kafka's internal topics, and they are not excluded: the listener consumes "
						+ "the offsets of all groups.")
			.withEvidence(listener.fact("topic pattern", pattern))
			.withEvidence(exclude)
			.withFix(Remedy.delete(exclude)));
	}

}
