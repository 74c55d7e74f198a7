package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ConsumerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners whose {@code id} has become their group although the consumer factory
 * has another one.
 *
 * <p>
 * Why it hurts: somebody gives a listener an id in order to stop it from an endpoint.
 * With the next deployment it reads in a new group and skips, or repeats, everything; and
 * when the id is renamed, that happens again.
 *
 * <p>
 * Wrong: {@code @KafkaListener(id = "orders", ...)} with
 * {@code spring.kafka.consumer.group-id: billing}. Right:
 * {@code @KafkaListener(id = "orders", idIsGroup = false, ...)}.
 *
 * <p>
 * Legitimate where each listener is to have a group of its own: say so with
 * {@code groupId} on the annotation.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-kafka/reference/kafka/receiving-messages/listener-annotation.html">@KafkaListener
 * annotation</a>
 */
@Pitfall(id = "consumer-group-id-overridden-by-listener-id",
		title = "The id of a listener replaces the configured group", severity = Severity.WARNING,
		why = "The listener joins a group named after its id: it has other offsets and other permissions than the configured group.",
		remedy = "@KafkaListener(id = ..., idIsGroup = false), or a groupId on the annotation", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerGroupIdOverriddenByListenerId implements PitfallRule {

	private static final String KEY = "group.id";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConsumingListeners.of(setup)
			.filter((listener) -> listener.groupFromId())
			.map((listener) -> replaced(listener, setup.consumers()).map((group) -> finding(listener, group)))
			.flatMap(Optional::stream)
			.toList();
	}

	/** The group that the listener would have had. */
	private static Optional<ConfigValue> replaced(ListenerSetup listener, List<ConsumerSetup> factories) {
		return factories.stream()
			.filter((factory) -> factory.name().equals(listener.container().consumerFactory()))
			.map(ConsumerSetup::config)
			.filter((config) -> config.explicit(KEY) && !config.string(KEY).isEmpty()
					&& !config.string(KEY).equals(listener.groupId()))
			.map((config) -> config.get(KEY))
			.findFirst();
	}

	private static Finding finding(ListenerSetup listener, ConfigValue group) {
		return Finding
			.of(listener.subject(),
					"The listener joins the group '" + listener.groupId()
							+ "': it has other offsets and other permissions than the configured group, and a new name "
							+ "is a new start.")
			.withEvidence(group)
			.withEvidence(listener.fact("id", listener.id()))
			.withFix(Fix.action(
					"use the configured group: @KafkaListener(id = \"" + listener.id() + "\", idIsGroup = false, ...)"))
			.withFix(Fix.action(
					"or say that the group is meant: @KafkaListener(groupId = \"" + listener.groupId() + "\", ...)"));
	}

}
