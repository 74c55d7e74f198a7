package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners that subscribe to topics without a consumer group.
 *
 * <p>
 * Why it hurts: without a group nobody assigns partitions, notices a dead instance or
 * stores offsets, so Spring refuses to start the container. One with
 * {@code autoStartup=false} fails only when somebody starts it.
 *
 * <p>
 * Wrong: {@code @KafkaListener(topics = "orders")} with no
 * {@code spring.kafka.consumer.group-id}. Right: {@code spring.kafka.consumer.group-id:
 * ${spring.application.name}}, or a {@code groupId} on the annotation.
 *
 * <p>
 * Legitimate for a monitor that reads everything: assign its partitions by hand, then no
 * group is needed.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_group.id">group.id</a>
 */
@Pitfall(id = "consumer-group-id-missing", title = "A listener that needs a group has none", severity = Severity.ERROR,
		why = "No assignment, no failure detection, no stored offset: Spring refuses to start the container.",
		remedy = "spring.kafka.consumer.group-id: ${spring.application.name}", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ConsumerGroupIdMissing implements StartupPitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : ConsumingListeners.list(setup)) {
			boolean withoutGroup = listener.groupId() == null || listener.groupId().isBlank();
			if (withoutGroup && listener.subscription().groupManaged()) {
				findings.add(finding(listener));
			}
		}
		return findings;
	}

	private static Finding finding(ListenerSetup listener) {
		Finding finding = Finding
			.of(listener.subject(),
					"Without a group there is no assignment, no failure detection and no stored offset: "
							+ "the container refuses to start.")
			.withEvidence(listener.consumer().get("group.id"));
		return Remedy
			.set(finding, listener.consumer().get("group.id"), "spring.kafka.consumer.group-id",
					"${spring.application.name}")
			.withFix(Fix.action("or set groupId on the annotation or the container"));
	}

}
