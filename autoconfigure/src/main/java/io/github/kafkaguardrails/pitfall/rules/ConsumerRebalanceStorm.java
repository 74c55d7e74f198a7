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
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners whose consumers took part in three or more rebalances, or failed in as
 * many attempts, within 10 minutes. The first 5 minutes of the application do not count.
 *
 * <p>
 * Why it hurts: one pod ran out of memory every two minutes. Each time it came and went,
 * all others gave up their partitions, and half of the work in progress was done twice;
 * the lag grew although every pod was busy.
 *
 * <p>
 * Wrong: consumers that are scaled by the traffic of the web, {@code
 * max.poll.interval.ms} shorter than a slow poll, a crash loop. Right: a stable number of
 * members; {@code group.protocol: consumer} or the cooperative assignor, with which the
 * others go on meanwhile.
 *
 * <p>
 * Legitimate during a rolling update: the finding is gone 10 minutes later.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://cwiki.apache.org/confluence/display/KAFKA/KIP-429%3A+Kafka+Consumer+Incremental+Rebalance+Protocol">Incremental
 * rebalance</a>
 */
@Pitfall(id = "consumer-rebalance-storm", title = "The group rebalances again and again", severity = Severity.WARNING,
		why = "At each rebalance consumption stalls, and what was in progress is done again.",
		remedy = "find out which member comes and goes, and why", scope = PitfallScope.ACTIVITY, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerRebalanceStorm implements PitfallRule {

	private static final int MAX_REBALANCES = 2;

	private static final Duration WINDOW = Duration.ofMinutes(10);

	private static final Duration WARM_UP = Duration.ofMinutes(5);

	private static final Metric REBALANCES = Metric.of("rebalance-total");

	private static final Metric FAILED = Metric.of("failed-rebalance-total");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		Duration warm = setup.activity().uptime().minus(WARM_UP);
		Duration window = (warm.compareTo(WINDOW) < 0) ? warm : WINDOW;
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : setup.listeners()) {
			List<ClientActivity> clients = setup.activity().clients(ClientType.CONSUMER, listener.id());
			long rebalances = most(clients, REBALANCES, window);
			long failed = most(clients, FAILED, window);
			if (rebalances > MAX_REBALANCES || failed > MAX_REBALANCES) {
				findings.add(finding(listener, rebalances, failed));
			}
		}
		return findings;
	}

	private static long most(List<ClientActivity> clients, Metric counter, Duration window) {
		return clients.stream().mapToLong((client) -> (long) client.increase(counter, window)).max().orElse(0);
	}

	private static Finding finding(ListenerSetup listener, long rebalances, long failed) {
		return Finding
			.of(listener.subject(), "At each rebalance consumption stalls, and what was in progress is done again.")
			.withEvidence(ActivitySetup.fact("rebalances in 10 minutes", rebalances))
			.withEvidence(ActivitySetup.fact("failed attempts in 10 minutes", failed))
			.withEvidence(listener.consumer().get("group.protocol"))
			.withFix(Fix.action(
					"find the member that comes and goes: a crash loop, autoscaling, or processing beyond max.poll.interval.ms (consumer-poll-interval-near-limit)"))
			.withFix(Fix.action(
					"let the others go on meanwhile: group.protocol: consumer with brokers 4.0 and later, or the cooperative assignor"));
	}

}
