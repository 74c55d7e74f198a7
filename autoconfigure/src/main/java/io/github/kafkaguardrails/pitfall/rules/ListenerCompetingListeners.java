package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Subscription;

/**
 * Flags different listener methods that consume one topic in one group, by name or by
 * pattern.
 *
 * <p>
 * Why it hurts: the records of a topic are divided between the members of a group. The
 * second listener was meant to write the audit log of every order; it wrote a quarter of
 * it, and the other listener missed exactly that quarter.
 *
 * <p>
 * Wrong: {@code @KafkaListener(topics = "orders")} on two methods with one
 * {@code spring.kafka.consumer.group-id}. Right: a group for each purpose,
 * {@code @KafkaListener(topics = "orders", groupId = "audit")}.
 *
 * <p>
 * Legitimate when the methods do the same work. Several annotations on one method are not
 * flagged; neither are manually assigned partitions.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#intro_consumers">Consumers and
 * groups</a>
 */
@Pitfall(id = "listener-competing-listeners", title = "Different listeners divide the records of one topic",
		severity = Severity.WARNING,
		why = "The records of a topic are divided between the members of a group: each listener sees only a part of them.",
		remedy = "give each listener a groupId of its own", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ListenerCompetingListeners implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		Map<String, List<ListenerSetup>> groups = new LinkedHashMap<>();
		for (ListenerSetup listener : setup.mainListeners()) {
			if (listener.groupId() != null && listener.subscription().groupManaged()) {
				groups.computeIfAbsent(listener.groupId(), (key) -> new ArrayList<>()).add(listener);
			}
		}
		List<Finding> findings = new ArrayList<>();
		groups.forEach((group, listeners) -> competitors(listeners).forEach((competing, topics) -> competing
			.forEach((one) -> findings.add(finding(one, group, competing, topics)))));
		return findings;
	}

	/** The sets of listeners of a group that compete, each with what they compete for. */
	private static Map<List<ListenerSetup>, List<String>> competitors(List<ListenerSetup> listeners) {
		Set<String> contested = new LinkedHashSet<>();
		listeners.forEach((listener) -> contested.addAll(listener.subscription().topics()));
		listeners.stream()
			.map((listener) -> listener.subscription().pattern())
			.filter((pattern) -> pattern != null)
			.forEach(contested::add);
		Map<List<ListenerSetup>, List<String>> competitors = new LinkedHashMap<>();
		for (String topic : contested) {
			List<ListenerSetup> consuming = listeners.stream()
				.filter((listener) -> consumes(listener.subscription(), topic))
				.toList();
			if (consuming.stream().map(ListenerSetup::place).distinct().count() > 1) {
				competitors.computeIfAbsent(consuming, (key) -> new ArrayList<>()).add(topic);
			}
		}
		return competitors;
	}

	private static boolean consumes(Subscription subscription, String topic) {
		String pattern = subscription.pattern();
		return (pattern != null) ? pattern.equals(topic) || Pattern.matches(pattern, topic)
				: subscription.topics().contains(topic);
	}

	private static Finding finding(ListenerSetup listener, String group, List<ListenerSetup> competing,
			List<String> topics) {
		String places = competing.stream().map(ListenerSetup::place).distinct().collect(Collectors.joining(" and "));
		Finding finding = Finding.of(listener.subject(), "The records of " + String.join(", ", topics)
				+ " are divided between " + places + ": each sees only a part of them.");
		for (ListenerSetup one : competing) {
			finding = finding.withEvidence(one.fact("group of '" + one.id() + "'", group));
		}
		return finding
			.withFix(Fix.action("give each listener a group of its own: @KafkaListener(groupId = \"<purpose>\", ...)"));
	}

}
