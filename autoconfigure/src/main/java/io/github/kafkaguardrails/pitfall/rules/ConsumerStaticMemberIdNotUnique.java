package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags consumers of one group that have the same {@code group.instance.id} (error), and
 * an id without a placeholder, which all replicas share (warning). Spring adds
 * {@code -0}, {@code -1} and so on for the consumers of a container, but starts again at
 * zero for the next container.
 *
 * <p>
 * Why it hurts: a second listener is added to the group. The broker takes both for one
 * member and fences the first, whose container stops and never comes back, while the
 * application looks healthy.
 *
 * <p>
 * Wrong: {@code spring.kafka.consumer.properties.group.instance.id: ${HOSTNAME}} with two
 * listeners in one group. Right: for each listener {@code properties =
 * "group.instance.id=${HOSTNAME}-orders"}.
 *
 * <p>
 * Legitimate without a placeholder where there is one replica only: waive it. Containers
 * that do not start with the application are only warned.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_group.instance.id">group.instance.id</a>
 */
@Pitfall(id = "consumer-static-member-id-not-unique", title = "Two members of a group claim the same group.instance.id",
		severity = Severity.ERROR, why = "The broker fences one of the members, and its container stops for good.",
		remedy = "a group.instance.id that is unique for each instance and each listener", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ConsumerStaticMemberIdNotUnique implements StartupPitfallRule {

	private static final String KEY = "group.instance.id";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<ListenerSetup> listeners = staticMembers(setup);
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : listeners) {
			List<ListenerSetup> rivals = listeners.stream().filter((other) -> rivals(listener, other)).toList();
			if (!rivals.isEmpty()) {
				findings.add(fenced(listener, rivals));
			}
			else if (listener.role() != ListenerSetup.Role.AUXILIARY && sameForAllReplicas(listener)) {
				findings.add(shared(listener));
			}
		}
		return findings;
	}

	private static List<ListenerSetup> staticMembers(KafkaSetup setup) {
		List<ListenerSetup> members = new ArrayList<>();
		for (ListenerSetup listener : setup.listeners()) {
			if (listener.groupId() != null && listener.subscription().groupManaged()
					&& !listener.container().groupInstanceIds().isEmpty()) {
				members.add(listener);
			}
		}
		return members;
	}

	private static boolean rivals(ListenerSetup one, ListenerSetup other) {
		return !one.id().equals(other.id()) && Objects.equals(one.groupId(), other.groupId())
				&& one.consumer().string("bootstrap.servers").equals(other.consumer().string("bootstrap.servers"))
				&& !Collections.disjoint(one.container().groupInstanceIds(), other.container().groupInstanceIds());
	}

	private static boolean sameForAllReplicas(ListenerSetup listener) {
		String raw = listener.consumer().get(KEY).raw();
		return raw != null && !raw.contains("${") && !raw.contains("#{");
	}

	private static Finding fenced(ListenerSetup listener, List<ListenerSetup> rivals) {
		boolean certain = listener.container().autoStartup()
				&& rivals.stream().anyMatch((rival) -> rival.container().autoStartup());
		String others = rivals.stream().map((rival) -> "'" + rival.id() + "'").collect(Collectors.joining(", "));
		Finding finding = Finding
			.of(listener.subject(),
					"The group '" + listener.groupId() + "' has several members with one id, see also listener "
							+ others + ": the broker fences one of them, and its container stops for good.")
			.withSeverity(certain ? Severity.ERROR : Severity.WARNING)
			.withEvidence(listener.consumer().get(KEY))
			.withEvidence(listener.fact("members", String.join(", ", listener.container().groupInstanceIds())));
		return finding.withFix(Fix.action("give each listener an id of its own: @KafkaListener(properties = \"" + KEY
				+ "=${HOSTNAME}-<purpose>\", ...)"));
	}

	private static Finding shared(ListenerSetup listener) {
		ConfigValue id = listener.consumer().get(KEY);
		return Finding.of(listener.subject(),
				"All replicas of the application have the same id: the second one fences the first, whose container "
						+ "stops for good.")
			.withSeverity(Severity.WARNING)
			.withEvidence(id)
			.withFix(Remedy.change(id, "${HOSTNAME}"));
	}

}
