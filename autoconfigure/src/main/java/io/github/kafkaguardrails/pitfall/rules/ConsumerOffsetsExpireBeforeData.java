package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
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
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags listeners whose topics keep records longer than the brokers keep the offsets of a
 * group without members: warning with {@code earliest}, info with {@code latest}.
 *
 * <p>
 * Why it hurts: a service is switched off for eight days. Its offsets are forgotten after
 * seven; when it comes back it reads the topic from its beginning and sends every e-mail
 * of the last year again, or it skips the eight days.
 *
 * <p>
 * Wrong: {@code retention.ms=-1} with {@code offsets.retention.minutes=10080}. Right:
 * {@code spring.kafka.consumer.auto-offset-reset: none}, idempotent processing, or a
 * longer {@code offsets.retention.minutes} on the brokers.
 *
 * <p>
 * Legitimate when the group never stops for that long: offsets of a group with members do
 * not expire. Other reset policies are not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#brokerconfigs_offsets.retention.minutes">offsets.retention.minutes</a>
 */
@Pitfall(id = "consumer-offsets-expire-before-data", title = "Committed offsets are forgotten before the records are",
		severity = Severity.WARNING,
		why = "A group that was stopped for longer starts with its reset policy: full replay or silent skip.",
		remedy = "spring.kafka.consumer.auto-offset-reset: none", scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerOffsetsExpireBeforeData implements PitfallRule {

	private static final String OFFSETS = "offsets.retention.minutes";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ListenerTopics.of(setup)
			.filter((topics) -> topics.listener().container().type() != ContainerSetup.Type.SHARE
					&& topics.listener().groupId() != null && topics.listener().subscription().groupManaged()
					&& !RandomGroup.of(topics.listener()))
			.map(ConsumerOffsetsExpireBeforeData::finding)
			.flatMap(Optional::stream)
			.toList();
	}

	private static Optional<Finding> finding(ListenerTopics topics) {
		Optional<OffsetReset> reset = OffsetReset.of(topics.listener().consumer())
			.filter((policy) -> policy.kind() != OffsetReset.Kind.BY_DURATION);
		if (reset.isEmpty()) {
			return Optional.empty();
		}
		Optional<String> problem = problem(topics);
		if (problem.isPresent()) {
			return problem.map((reason) -> Finding.unknown(topics.listener().subject(), reason));
		}
		OptionalLong minutes = ClusterFacts.number(topics.cluster().brokerSetting(OFFSETS));
		List<TopicSetup> longer = topics.existing()
			.stream()
			.filter((topic) -> minutes.isPresent()
					&& retention(topic) > Duration.ofMinutes(minutes.getAsLong()).toMillis())
			.toList();
		return longer.isEmpty() ? Optional.empty()
				: Optional.of(finding(topics, reset.get(), longer, minutes.orElse(0)));
	}

	private static Optional<String> problem(ListenerTopics topics) {
		return Stream
			.concat(Stream.ofNullable(topics.cluster().brokerConfig().problem()),
					topics.existing().stream().flatMap((topic) -> Stream.ofNullable(topic.config().problem())))
			.findFirst()
			.map((reason) -> "How long offsets and records are kept could not be read (" + reason + ").");
	}

	/** How long the topic keeps records, in milliseconds. */
	private static long retention(TopicSetup topic) {
		if (!topic.cleanedUpBy("delete")) {
			return topic.cleanedUpBy("compact") ? Long.MAX_VALUE : 0;
		}
		long retention = ClusterFacts.number(topic.setting(TopicRetentionTooShort.KEY)).orElse(0);
		return (retention < 0) ? Long.MAX_VALUE : retention;
	}

	private static Finding finding(ListenerTopics topics, OffsetReset reset, List<TopicSetup> longer, long minutes) {
		boolean skips = reset.kind() == OffsetReset.Kind.LATEST;
		String names = longer.stream().map(TopicSetup::name).collect(Collectors.joining(", "));
		ConfigValue policy = topics.listener().consumer().get(OffsetReset.KEY);
		Finding finding = Finding
			.of(topics.listener().subject(), "If the group has no member for " + text(Duration.ofMinutes(minutes))
					+ ", its offsets are forgotten, but " + names + " still hold" + ((longer.size() == 1) ? "s" : "")
					+ " older records: it will " + (skips ? "skip what it has not read." : "process everything again."))
			.withEvidence(policy);
		finding = topics.cluster().brokerSetting(OFFSETS).map(finding::withEvidence).orElse(finding);
		for (TopicSetup topic : longer) {
			String key = topic.cleanedUpBy("delete") ? TopicRetentionTooShort.KEY : "cleanup.policy";
			Finding current = finding;
			finding = topic.setting(key).map(current::withEvidence).orElse(current);
		}
		finding = Remedy.set(finding, policy, "spring.kafka.consumer.auto-offset-reset", "none")
			.withFix(Fix.action("or set a longer " + OFFSETS + " in the configuration of the brokers"));
		return skips ? finding.withSeverity(Severity.INFO) : finding;
	}

	private static String text(Duration duration) {
		return (duration.toDays() > 0) ? duration.toDays() + " d" : duration.toMinutes() + " min";
	}

}
