package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.google.auto.service.AutoService;

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
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners whose longest time between two polls was more than half of {@code
 * max.poll.interval.ms} in two consecutive samples, more than 80 % of it in one, or that
 * have not polled for longer than it. The pause {@code spring.kafka.listener.idle-
 * between-polls} does not count.
 *
 * <p>
 * Why it hurts: a service got slower, 500 records took six minutes, the member was
 * evicted in the middle, and another instance began the same 500. From then on the group
 * only rebalanced; every record was processed several times and no offset was committed.
 *
 * <p>
 * Wrong: the default of 500 records for a listener that calls a slow service for each.
 * Right: {@code spring.kafka.consumer.max-poll-records: 50}.
 *
 * <p>
 * Legitimate when a poll is that long for a short time only, for example while a database
 * is maintained: waive it with a date.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_max.poll.interval.ms">max.poll.interval.ms</a>
 */
@Pitfall(id = "consumer-poll-interval-near-limit",
		title = "Processing between two polls is close to max.poll.interval.ms", severity = Severity.WARNING,
		why = "Past the limit the member leaves its group, and another one processes the same records while the first still works.",
		remedy = "a smaller spring.kafka.consumer.max-poll-records", scope = PitfallScope.ACTIVITY, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerPollIntervalNearLimit implements PitfallRule {

	private static final double HIGH = 0.5;

	private static final double CRITICAL = 0.8;

	private static final Metric BETWEEN_POLLS = Metric.of("time-between-poll-max");

	private static final Metric LAST_POLL = Metric.of("last-poll-seconds-ago");

	private static final String INTERVAL = "max.poll.interval.ms";

	private static final String RECORDS = "max.poll.records";

	private static final String IDLE = "spring.kafka.listener.idle-between-polls";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : setup.listeners()) {
			long interval = listener.consumer().number(INTERVAL).orElse(0);
			if (interval > 0 && listener.container().type() != ContainerSetup.Type.SHARE) {
				long idle = idle(listener);
				setup.activity()
					.clients(ClientType.CONSUMER, listener.id())
					.stream()
					.mapToDouble((client) -> longest(client, interval, idle))
					.max()
					.ifPresent((longest) -> add(findings, listener, longest, interval));
			}
		}
		return findings;
	}

	/** The time between two polls in ms when it is too long, else 0. */
	private static double longest(ClientActivity client, long interval, long idle) {
		double sinceLastPoll = client.latest(LAST_POLL).orElse(0) * 1000 - idle;
		if (sinceLastPoll > interval) {
			return sinceLastPoll;
		}
		double latest = client.latest(BETWEEN_POLLS).orElse(0) - idle;
		boolean lasting = latest > CRITICAL * interval || client.latest(BETWEEN_POLLS, 2)
			.stream()
			.filter((value) -> value - idle > HIGH * interval)
			.count() == 2;
		return lasting ? latest : 0;
	}

	/** A listener's pause between two polls in ms. */
	private static long idle(ListenerSetup listener) {
		String idle = listener.container().bootValues().get(IDLE);
		return (idle != null) ? Duration.parse(idle).toMillis() : 0;
	}

	private static void add(List<Finding> findings, ListenerSetup listener, double longest, long interval) {
		if (longest <= 0) {
			return;
		}
		String harm = (longest > interval)
				? "The member has left its group, and another one processes the same records while this one still works."
				: "Past the limit the member leaves its group, and another one processes the same records while this one still works.";
		Finding finding = Finding.of(listener.subject(), harm)
			.withEvidence(ActivitySetup.fact("time between two polls in ms", Math.round(longest)))
			.withEvidence(listener.consumer().get(INTERVAL))
			.withEvidence(listener.consumer().get(RECORDS));
		findings.add(mend(finding, listener, longest, interval));
	}

	/** As many records as take half of the interval when a poll is full. */
	private static Finding mend(Finding finding, ListenerSetup listener, double longest, long interval) {
		long records = listener.consumer().number(RECORDS).orElse(1);
		long fewer = (long) (HIGH * interval / longest * records);
		Finding mended = (fewer >= 1)
				? Remedy.set(finding, listener.consumer().get(RECORDS), "spring.kafka.consumer.max-poll-records", fewer)
				: finding;
		return mended.withFix(Fix.action("make the listener faster, for example with a timeout on what it waits for"));
	}

}
