package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners of several topics whose threads the range assignor leaves idle although
 * there are partitions for all of them.
 *
 * <p>
 * Why it hurts: the range assignor divides each topic by itself. A listener of three
 * topics with five partitions each and a concurrency of 15 works with five threads; the
 * other ten wait.
 *
 * <p>
 * Wrong: {@code concurrency: 15} with the default {@code partition.assignment.strategy}.
 * Right: {@code group.protocol: consumer}, or {@code CooperativeStickyAssignor} on older
 * brokers.
 *
 * <p>
 * Legitimate when partitions of equal number must be read by one thread, for a join. The
 * consumer protocol and other assignors are not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/receiving-messages/message-listener-container.html">Message
 * listener containers</a>
 */
@Pitfall(id = "consumer-range-assignor-idle-threads",
		title = "Several small topics share one listener and most threads stay idle", severity = Severity.WARNING,
		why = "The range assignor divides each topic by itself: the first threads get a partition of each topic.",
		remedy = "spring.kafka.consumer.properties.group.protocol: consumer", scope = PitfallScope.CLUSTER,
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerRangeAssignorIdleThreads implements PitfallRule {

	private static final String KEY = "partition.assignment.strategy";

	private static final String RANGE = "org.apache.kafka.clients.consumer.RangeAssignor";

	private static final String STICKY = "org.apache.kafka.clients.consumer.CooperativeStickyAssignor";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ListenerTopics.of(setup)
			.filter((topics) -> topics.listener().container().type() != ContainerSetup.Type.SHARE
					&& topics.listener().subscription().groupManaged())
			.filter((topics) -> ranged(topics.listener().consumer()) && topics.subscribed().size() > 1)
			.flatMap((topics) -> topics.partitions()
				.filter((all) -> topics.listener().container().concurrency() <= all
						&& topics.listener().container().concurrency() > largest(topics))
				.map((all) -> finding(topics, all))
				.stream())
			.toList();
	}

	private static boolean ranged(ClientConfig consumer) {
		List<String> assignors = consumer.list(KEY);
		return GroupProtocolConflicts.classic(consumer) && !assignors.isEmpty() && assignors.get(0).equals(RANGE);
	}

	private static int largest(ListenerTopics topics) {
		return topics.existing().stream().mapToInt((topic) -> topic.partitions().size()).max().orElse(0);
	}

	private static Finding finding(ListenerTopics topics, int partitions) {
		ListenerSetup listener = topics.listener();
		int threads = listener.container().concurrency();
		return Finding
			.of(listener.subject(), (threads - largest(topics)) + " of its " + threads
					+ " threads stay idle: the range assignor divides each topic by itself, and none has more than "
					+ largest(topics) + " partitions.")
			.withEvidence(listener.consumer().get(KEY))
			.withEvidence(listener.fact("concurrency", threads))
			.withEvidence(ClusterFacts.of(topics.cluster(), "partitions of " + topics.subscribed().size() + " topics",
					partitions))
			.withFix(Fix.set("spring.kafka.consumer.properties.group.protocol", "consumer"))
			.withFix(Fix
				.action("or, for brokers before 4.0, set spring.kafka.consumer.properties." + KEY + ": " + STICKY));
	}

}
