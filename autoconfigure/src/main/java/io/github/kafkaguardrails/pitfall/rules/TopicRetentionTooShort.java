package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.rules.UsedTopics.Use;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags consumed topics that somebody gave a retention of less than a day, and mentions a
 * retention that is shorter than a segment.
 *
 * <p>
 * Why it hurts: the application fails on Friday evening. On Monday the topic holds the
 * records of the last six hours; the rest was deleted unread.
 *
 * <p>
 * Wrong: {@code retention.ms=21600000}. Right: a retention that outlasts the longest
 * outage, {@code retention.ms=604800000} for a week.
 *
 * <p>
 * Legitimate when the data must not be kept. Then mind {@code segment.ms}: a record lives
 * until its whole segment expires. Retry topics, compacted topics and the broker's
 * default are not flagged; {@code retention.bytes} is not judged, because nobody knows
 * how fast the topic fills.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#topicconfigs_retention.ms">retention.ms</a>
 */
@Pitfall(id = "topic-retention-too-short", title = "Unread data disappears over a weekend", severity = Severity.WARNING,
		why = "An outage longer than the retention is data loss.", remedy = "retention.ms=604800000 for the topic",
		scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TopicRetentionTooShort implements PitfallRule {

	static final String KEY = "retention.ms";

	private static final String SEGMENT = "segment.ms";

	private static final long DAY = Duration.ofDays(1).toMillis();

	private static final long WEEK = Duration.ofDays(7).toMillis();

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return UsedTopics.of(setup).flatMap(TopicRetentionTooShort::findings).toList();
	}

	private static Stream<Finding> findings(UsedTopics topics) {
		List<TopicSetup> consumed = topics.existing(Use.CONSUMED);
		List<TopicSetup> limited = consumed.stream()
			.filter((topic) -> topic.cleanedUpBy("delete"))
			.filter((topic) -> topic.setting(KEY).filter(ConfigValue::explicit).isPresent() && retention(topic) >= 0)
			.toList();
		return Stream
			.of(TopicFindings.unreadable(consumed),
					TopicFindings.of(limited.stream().filter((topic) -> retention(topic) < DAY).toList(),
							Severity.WARNING,
							"An outage that is longer than the retention loses the records that "
									+ "were not read in time.",
							(topic) -> topic.setting(KEY).stream().toList(),
							(names) -> ClusterCommands.configure(topics.cluster(), names, KEY + "=" + WEEK)),
					TopicFindings.of(
							limited.stream()
								.filter((topic) -> retention(topic) >= DAY && retention(topic) < segment(topic))
								.toList(),
							Severity.INFO,
							"Records are kept longer than the retention says: one lives until its whole segment "
									+ "expires, and a segment is written for up to segment.ms.",
							(topic) -> Stream.of(topic.setting(KEY), topic.setting(SEGMENT))
								.flatMap((value) -> value.stream())
								.toList(),
							(names) -> ClusterCommands.configure(topics.cluster(), names, SEGMENT + "=" + DAY)))
			.flatMap((part) -> part);
	}

	private static long retention(TopicSetup topic) {
		return ClusterFacts.number(topic.setting(KEY)).orElse(-1);
	}

	private static long segment(TopicSetup topic) {
		return ClusterFacts.number(topic.setting(SEGMENT)).orElse(0);
	}

}
