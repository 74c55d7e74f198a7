package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners whose group is made of a random value: {@code ${random.…}}, an
 * expression with a UUID, or a group whose name contains a UUID that nobody wrote down.
 *
 * <p>
 * Why it hurts: a deployment takes a minute, and the orders of that minute are never
 * processed, because the new group starts at the end of the topic; with {@code earliest}
 * every deployment processes the whole topic again. Dead groups pile up on the brokers,
 * and nobody can grant a permission or watch the lag by the name of the group.
 *
 * <p>
 * Wrong: {@code spring.kafka.consumer.group-id: orders-${random.uuid}}. Right:
 * {@code group-id: ${spring.application.name}}.
 *
 * <p>
 * Legitimate for broadcasts, such as emptying a cache in every instance: assign the
 * partitions by hand, without a group, or waive it for that listener.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_group.id">group.id</a>
 */
@Pitfall(id = "consumer-random-group-id", title = "Every start creates a new consumer group",
		severity = Severity.WARNING,
		why = "What was written while the instance was down is lost, or everything is processed again at each start.",
		remedy = "spring.kafka.consumer.group-id: ${spring.application.name}", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerRandomGroupId implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConsumingListeners.of(setup)
			.filter((listener) -> listener.groupId() != null && RandomGroup.of(listener))
			.map(ConsumerRandomGroupId::finding)
			.toList();
	}

	private static Finding finding(ListenerSetup listener) {
		ConfigValue group = listener.consumer().get("group.id");
		// the name of today would be another finding at each start
		ConfigValue shown = (group.raw() != null) ? ConfigValue.of(group.key(), group.raw(), group.origin()) : group;
		return Finding.of(listener.subject(), harm(listener))
			.withEvidence(shown)
			.withFix((group.origin().property() != null) ? Remedy.change(group, "${spring.application.name}")
					: Fix.action("give the listener a group that stays the same, for example groupId = "
							+ "\"${spring.application.name}\""));
	}

	private static String harm(ListenerSetup listener) {
		return switch (listener.consumer().string("auto.offset.reset")) {
			case "earliest" -> "Every start creates a new group, which processes everything in the topic again.";
			case "latest" ->
				"Every start creates a new group: what was written while the instance was down is never processed.";
			default -> "Every start creates a new group, which knows nothing of what was processed before.";
		};
	}

}
