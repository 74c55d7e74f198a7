package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags values that the Kafka consumer of a container refuses: of the wrong type, outside
 * their range, naming a class that does not exist, or impossible without a group.
 *
 * <p>
 * Why it hurts: the container cannot start. With {@code autoStartup=false} that shows
 * only when an operator starts it, in the middle of an incident.
 *
 * <p>
 * Wrong: {@code spring.kafka.consumer.auto-offset-reset: smallest} or
 * {@code properties.partition.assignment.strategy: cooperative-sticky}, which other
 * clients understand. Right: {@code earliest} and
 * {@code org.apache.kafka.clients.consumer.CooperativeStickyAssignor}.
 *
 * <p>
 * Legitimate: never. Values that a configuration provider will replace are not judged.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#consumerconfigs">Consumer
 * configuration</a>
 */
@Pitfall(id = "consumer-config-rejected", title = "The consumer cannot be created with this configuration",
		severity = Severity.ERROR,
		why = "The container cannot start; one with autoStartup=false fails when somebody starts it.",
		remedy = "give each key a value that the client accepts", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ConsumerConfigRejected implements StartupPitfallRule {

	private static final String CONSEQUENCE = "The container cannot start with it.";

	private static final Pattern MEMBER_ID = Pattern.compile("[A-Za-z0-9._-]+");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : ConsumingListeners.list(setup)) {
			findings.addAll(findings(listener));
		}
		return findings;
	}

	private static List<Finding> findings(ListenerSetup listener) {
		ClientConfig config = listener.consumer();
		List<Finding> findings = new ArrayList<>();
		for (RejectedValue rejected : RejectedValues.in(config, judgedElsewhere(listener))) {
			findings.add(rejected.toFinding(listener.subject(), CONSEQUENCE));
		}
		ConfigValue memberId = config.get("group.instance.id");
		if (memberId.value() instanceof String text && !text.isBlank() && !MEMBER_ID.matcher(text.trim()).matches()
				&& !RejectedValues.providedLater(config, text)) {
			findings.add(finding(listener, "'group.instance.id' may hold letters, digits, '.', '_' and '-' only.")
				.withEvidence(memberId)
				.withFix(Remedy.change(memberId, memberId.text().trim().replaceAll("[^A-Za-z0-9._-]", "-"))));
		}
		if (!listener.subscription().groupManaged()) {
			withoutGroup(listener, findings);
		}
		return findings;
	}

	/** A missing group of a listener that needs one is a finding of its own. */
	private static void withoutGroup(ListenerSetup listener, List<Finding> findings) {
		ClientConfig config = listener.consumer();
		String groupId = listener.groupId();
		if (groupId == null && config.given("enable.auto.commit").isPresent() && config.flag("enable.auto.commit")) {
			findings.add(finding(listener, "'enable.auto.commit' needs a group to commit for.")
				.withEvidence(config.get("enable.auto.commit"))
				.withEvidence(config.get("group.id"))
				.withFix(Remedy.delete(config.get("enable.auto.commit"))));
		}
		else if (groupId != null && groupId.isBlank()) {
			findings
				.add(Remedy.set(finding(listener, "'group.id' must not be blank.").withEvidence(config.get("group.id")),
						config.get("group.id"), "spring.kafka.consumer.group-id", "${spring.application.name}"));
		}
	}

	private static Set<String> judgedElsewhere(ListenerSetup listener) {
		Set<String> keys = RejectedValues.unread(listener.consumer(), Map.of("key.deserializer",
				listener.keyDeserializer(), "value.deserializer", listener.valueDeserializer()));
		for (ConfigValue value : GroupProtocolConflicts.of(listener.consumer())) {
			keys.add(value.key());
		}
		return keys;
	}

	private static Finding finding(ListenerSetup listener, String reason) {
		return Finding.of(listener.subject(), reason + " " + CONSEQUENCE);
	}

}
