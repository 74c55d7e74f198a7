package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.GroupSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags groups without committed offsets, or with offsets of records that are deleted,
 * when more than 1000 records are concerned, outside development.
 *
 * <p>
 * Why it hurts: a listener's id is renamed, and the id is the group. With
 * {@code earliest} the new group reads the topic from its beginning and sends the e-mails
 * of three months again; with {@code latest} it skips the backlog.
 *
 * <p>
 * Wrong: a new group id in a deployment that was not meant to start again. Right: the old
 * group id, or a group whose offsets are set before the deployment, and
 * {@code spring.kafka.consumer.auto-offset-reset: none} where a human is to decide.
 *
 * <p>
 * Legitimate for a first deployment that wants the history: waive it for the group.
 * Groups with a random id, which read from the beginning each time, are not flagged.
 * Compaction and transactions leave gaps, so that the numbers are upper limits.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_auto.offset.reset">auto.offset.reset</a>
 */
@Pitfall(id = "consumer-new-group-replay", title = "A start will process again, or skip, a large backlog",
		severity = Severity.WARNING,
		why = "A renamed listener, a new group or expired offsets: old records are processed again, or never.",
		remedy = "keep the group id, or position the group before deploying (kafka-consumer-groups.sh --reset-offsets)",
		scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerNewGroupReplay implements PitfallRule {

	private static final String PROPERTY = "spring.kafka.consumer.auto-offset-reset";

	private static final long THRESHOLD = 1000;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		return ListenerTopics.of(setup)
			.filter((topics) -> topics.listener().container().type() != ContainerSetup.Type.SHARE)
			.filter((topics) -> topics.listener().groupId() != null && topics.listener().subscription().groupManaged()
					&& !RandomGroup.of(topics.listener()))
			.flatMap(ConsumerNewGroupReplay::findings)
			.toList();
	}

	private static Stream<Finding> findings(ListenerTopics topics) {
		GroupSetup group = topics.cluster().groups().get(topics.listener().groupId());
		OffsetReset reset = OffsetReset.of(topics.listener().consumer()).orElse(null);
		if (group == null || reset == null) {
			return Stream.empty();
		}
		Map<String, Map<Integer, Long>> committed = group.committed().value();
		if (committed == null) {
			return Stream.of(Finding.unknown(group.subject(),
					"The committed offsets of the group could not be read (" + group.committed().problem() + ")."));
		}
		return topics.existing().stream().flatMap((topic) -> {
			Reading<OffsetBacklog> backlog = OffsetBacklog.of(topic, committed.getOrDefault(topic.name(), Map.of()),
					reset);
			return (backlog.problem() != null) ? Stream.of(Finding.unknown(group.subject(), backlog.problem()))
					: backlog.known()
						.filter((known) -> known.affected() + known.deleted() > THRESHOLD)
						.map((known) -> finding(topics, group, topic, reset, known))
						.stream();
		});
	}

	private static Finding finding(ListenerTopics topics, GroupSetup group, TopicSetup topic, OffsetReset reset,
			OffsetBacklog backlog) {
		ListenerSetup listener = topics.listener();
		ConfigValue policy = listener.consumer().get(OffsetReset.KEY);
		Finding finding = Finding.of(group.subject(), harm(reset, backlog))
			.withEvidence(policy)
			.withEvidence(listener.fact("group of listener '" + listener.id() + "'", group.id()))
			.withEvidence(topic.fact("records without a valid committed offset", backlog.affected()))
			.withFix(Fix.action("keep the former group id, if there was one"))
			.withFix(Fix.action("or stop the group and position it: " + ClusterCommands.run("kafka-consumer-groups.sh",
					topics.cluster(),
					"--group " + group.id() + " --topic " + topic.name() + " --reset-offsets --to-latest --execute")));
		return Remedy.set(finding, policy, PROPERTY, "none");
	}

	private static String harm(OffsetReset reset, OffsetBacklog backlog) {
		StringBuilder harm = new StringBuilder();
		if (backlog.affected() > 0) {
			harm.append("A consumer that starts without a committed offset ")
				.append((reset.kind() == OffsetReset.Kind.LATEST) ? "skips" : "processes")
				.append(" up to ")
				.append(number(backlog.affected()))
				.append(" old records");
			backlog.oldest()
				.ifPresent((age) -> harm.append(", ")
					.append(number(age.getValue()))
					.append(" of them older than ")
					.append(text(age.getKey())));
			harm.append(". ");
		}
		if (backlog.deleted() > 0) {
			harm.append("Up to ")
				.append(number(backlog.deleted()))
				.append(" records were deleted before the group read them; the reset policy decides where it goes on. ");
		}
		return harm.toString().trim();
	}

	private static String number(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

	private static String text(Duration age) {
		return (age.toDays() > 0) ? age.toDays() + " d" : age.toHours() + " h";
	}

}
