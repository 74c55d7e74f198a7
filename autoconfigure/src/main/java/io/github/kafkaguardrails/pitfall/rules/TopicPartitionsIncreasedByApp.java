package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.AdminSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.PartitionIncrease;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Flags {@code NewTopic} beans that declare more partitions than their topic has, when
 * the topic holds records: {@code KafkaAdmin} adds the missing ones at start-up.
 *
 * <p>
 * Why it hurts: somebody changes a number in a bean, the release goes out, and from then
 * on the updates of a customer go to another partition than those before. Two consumers
 * process them at the same time, in any order; a Kafka Streams store does not find the
 * customer any more. Kafka cannot take partitions away again, and Spring only logs a line
 * at info.
 *
 * <p>
 * Wrong: {@code TopicBuilder.name("orders").partitions(6)} for a topic with three. Right:
 * {@code partitions(3)}, and a new topic to which the records are moved when three are
 * not enough.
 *
 * <p>
 * Legitimate for records without a key, or when the order per key does not matter. An
 * empty topic is not flagged.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#basic_ops_modify_topic">Modifying
 * topics</a>
 */
@Pitfall(id = "topic-partitions-increased-by-app",
		title = "Starting the application adds partitions to a topic that holds records", severity = Severity.WARNING,
		why = "From then on a key goes to another partition than before: the order per key and the state kept per partition are lost, and it cannot be undone.",
		remedy = "declare the number of partitions that the topic has", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class TopicPartitionsIncreasedByApp implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (AdminSetup admin : setup.admins()) {
			admin.increases()
				.stream()
				.filter((increase) -> !refused(setup, admin, increase))
				.map(TopicPartitionsIncreasedByApp::finding)
				.forEach(findings::add);
		}
		return findings;
	}

	/** The admin may have been denied what it was about to do. */
	private static boolean refused(KafkaSetup setup, AdminSetup admin, PartitionIncrease increase) {
		return setup.cluster(admin.config())
			.flatMap((cluster) -> cluster.topic(increase.topic()))
			.map((topic) -> topic.partitions().size() < increase.after())
			.orElse(false);
	}

	private static Finding finding(PartitionIncrease increase) {
		String harm = String.format(
				"This start adds %d partitions to a topic that holds records. From then on a key goes to another"
						+ " partition than before: its records can overtake each other, and it cannot be undone.",
				increase.after() - increase.before());
		return Finding.of(increase.subject(), harm)
			.withEvidence(ConfigValue.of("partitions before the start", increase.before(),
					ValueOrigin.cluster("topic '" + increase.topic() + "'")))
			.withEvidence(
					ConfigValue.of("partitions", increase.after(), ValueOrigin.code("bean '" + increase.bean() + "'")))
			.withFix(
					Fix.action("declare the number of partitions that the topic has; to grow a topic with keys, move to"
							+ " a new one"))
			.withFix(Fix.set("spring.kafka.admin.auto-create", false));
	}

}
