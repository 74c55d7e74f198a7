package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.auto.service.AutoService;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags consumers of a classic group whose {@code partition.assignment.strategy} contains
 * an assignor that can only rebalance eagerly. The default list does: it is cooperative
 * only when all of its assignors are.
 *
 * <p>
 * Why it hurts: one instance of twenty is replaced, and all twenty give up all their
 * partitions, wait for the slowest, and start again. A rolling deployment does that forty
 * times.
 *
 * <p>
 * Wrong: nothing set, with brokers of version 4.0 or later. Right:
 * {@code spring.kafka.consumer.properties.group.protocol: consumer}; for older brokers
 * {@code partition.assignment.strategy} with the {@code CooperativeStickyAssignor} alone.
 *
 * <p>
 * Legitimate for groups of a single instance. An assignor of the application is not
 * judged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_partition.assignment.strategy">partition.assignment.strategy</a>
 */
@Pitfall(id = "consumer-eager-rebalancing", title = "Every change of members stops the whole group",
		severity = Severity.INFO,
		why = "All consumers of the group stand still at each deployment and each scaling step.",
		remedy = "spring.kafka.consumer.properties.group.protocol: consumer", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerEagerRebalancing implements PitfallRule {

	private static final String STRATEGY = "partition.assignment.strategy";

	private static final Set<String> EAGER = Set.of(RangeAssignor.class.getName(), RoundRobinAssignor.class.getName(),
			StickyAssignor.class.getName());

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConsumingListeners.of(setup)
			.filter((listener) -> listener.subscription().groupManaged()
					&& GroupProtocolConflicts.classic(listener.consumer()))
			.filter((listener) -> listener.consumer().list(STRATEGY).stream().anyMatch(EAGER::contains))
			.map(ConsumerEagerRebalancing::finding)
			.toList();
	}

	private static Finding finding(ListenerSetup listener) {
		ClientConfig config = listener.consumer();
		Finding finding = Finding
			.of(listener.subject(),
					"When a member comes or goes, all members of the group give up all partitions and stand still.")
			.withEvidence(
					ConfigValue.of(STRATEGY, String.join(", ", config.list(STRATEGY)), config.get(STRATEGY).origin()));
		String refused = GroupProtocolConflicts.refusedByConsumerProtocol(config)
			.stream()
			.map(ConfigValue::key)
			.collect(Collectors.joining(", "));
		return finding
			.withFix(Fix.action("with brokers 4.0 or later " + (refused.isEmpty() ? "" : "delete " + refused + " and ")
					+ "set spring.kafka.consumer.properties.group.protocol: consumer"))
			.withFix(Fix.action("with older brokers let " + STRATEGY + " be "
					+ CooperativeStickyAssignor.class.getName() + " alone"));
	}

}
