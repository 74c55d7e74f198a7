package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.auto.service.AutoService;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.ClientActivity;
import io.github.kafkaguardrails.setup.ClientActivity.Metric;
import io.github.kafkaguardrails.setup.ClientType;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.GroupSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.PartitionSetup;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * Flags listeners with a partition of which less than a tenth is behind the consumer and
 * that shrinks from its old end towards it in three consecutive samples, and listeners of
 * a group whose committed offset lies before the first record that is still there, when
 * the cluster has been read.
 *
 * <p>
 * Why it hurts: the backlog was three days old and so was the retention. Segment by
 * segment, orders were deleted before anybody had read them, and the consumer jumped to
 * the end of the topic without an error.
 *
 * <p>
 * Wrong: {@code retention.ms} of a day for a consumer that may stand still over a
 * weekend. Right: a retention longer than the longest outage, and an alert on the lag.
 *
 * <p>
 * Legitimate when old records are worth nothing: waive it for that listener.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#topicconfigs_retention.ms">retention.ms</a>
 */
@Pitfall(id = "consumer-losing-data-to-retention", title = "Unread records are about to be deleted",
		severity = Severity.WARNING,
		why = "Retention overtakes the consumer: what is deleted is never processed, and then the reset policy applies.",
		remedy = "extend the retention first, then speed up the consumer", scope = PitfallScope.ACTIVITY,
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerLosingDataToRetention implements PitfallRule {

	private static final double MIN_LEAD = 0.1;

	private static final int SAMPLES = 3;

	private static final String LAG = "records-lag";

	private static final String LEAD = "records-lead";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : setup.listeners()) {
			setup.activity()
				.clients(ClientType.CONSUMER, listener.id())
				.stream()
				.flatMap((client) -> client.metrics(LAG)
					.stream()
					.filter((lag) -> overtaken(client, lag))
					.map((lag) -> finding(listener, client, lag)))
				.findFirst()
				.ifPresent(findings::add);
			setup.cluster(listener.consumer()).flatMap((cluster) -> lost(cluster, listener)).ifPresent(findings::add);
		}
		return findings;
	}

	private static boolean overtaken(ClientActivity client, Metric lag) {
		List<Double> leads = client.latest(lag.sibling(LEAD), SAMPLES);
		double behind = client.latest(lag).orElse(0);
		return behind > 0 && !leads.isEmpty() && leads.get(1) < leads.get(0) && leads.get(2) < leads.get(1)
				&& leads.get(2) < MIN_LEAD * (leads.get(2) + behind);
	}

	private static Finding finding(ListenerSetup listener, ClientActivity client, Metric lag) {
		return extendRetention(Finding.of(listener.subject(),
				"Retention overtakes the consumer: what is deleted is never processed, and then the reset policy applies.")
			.withEvidence(
					ActivitySetup.fact("lag of " + lag.place() + " in records", (long) client.latest(lag).orElse(0)))
			.withEvidence(ActivitySetup.fact("records before the consumer that are still there",
					(long) client.latest(lag.sibling(LEAD)).orElse(0)))
			.withEvidence(listener.consumer().get("auto.offset.reset")), lag.topic());
	}

	/** The first partition whose committed offset is deleted already. */
	private static Optional<Finding> lost(ClusterSetup cluster, ListenerSetup listener) {
		GroupSetup group = (listener.groupId() != null) ? cluster.groups().get(listener.groupId()) : null;
		return listener.subscription()
			.topics()
			.stream()
			.flatMap((name) -> cluster.topic(name).stream())
			.flatMap((topic) -> topic.partitions()
				.stream()
				.flatMap((partition) -> lost(group, topic, partition, listener).stream()))
			.findFirst();
	}

	private static Optional<Finding> lost(@Nullable GroupSetup group, TopicSetup topic, PartitionSetup partition,
			ListenerSetup listener) {
		Long committed = (group != null) ? group.committed()
			.known()
			.map((topics) -> topics.get(topic.name()))
			.map((offsets) -> offsets.get(partition.number()))
			.orElse(null) : null;
		PartitionSetup.Offsets offsets = partition.offsets().known().orElse(null);
		if (committed == null || offsets == null || !deleted(committed, offsets, listener)) {
			return Optional.empty();
		}
		return Optional.of(extendRetention(Finding.of(listener.subject(),
				"Records behind the committed offset have been deleted before the group read them; where it begins again, the reset policy applies.")
			.withEvidence(topic.fact("committed offset of " + topic.name() + "-" + partition.number(), committed))
			.withEvidence(topic.fact("first offset that is still there", offsets.earliest()))
			.withEvidence(listener.consumer().get("auto.offset.reset")), topic.name()));
	}

	/**
	 * One offset may be that of a transaction's end, which is no record; several may be
	 * those of a transaction that was rolled back.
	 */
	private static boolean deleted(long committed, PartitionSetup.Offsets offsets, ListenerSetup listener) {
		boolean mayBeEmpty = offsets.earliest() == offsets.latest()
				&& "read_committed".equals(listener.consumer().string("isolation.level"));
		return offsets.earliest() - committed > 1 && !mayBeEmpty;
	}

	private static Finding extendRetention(Finding finding, @Nullable String topic) {
		return finding
			.withFix(Fix
				.action("kafka-configs.sh --bootstrap-server <broker> --alter --entity-type topics --entity-name "
						+ topic + " --add-config retention.ms=<longer>"))
			.withFix(Fix.action("then make the listener faster, or add consumers"));
	}

}
