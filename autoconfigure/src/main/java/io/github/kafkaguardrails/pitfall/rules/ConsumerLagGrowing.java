package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.ActivitySetup.ContainerActivity;
import io.github.kafkaguardrails.setup.ClientActivity;
import io.github.kafkaguardrails.setup.ClientActivity.Metric;
import io.github.kafkaguardrails.setup.ClientType;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags listeners that are not paused and either have a partition whose lag is at least
 * 1,000 records and grew in five consecutive samples, a minute apart, or one whose
 * position has not moved for five minutes although there are records behind it. The lag
 * is what the client's own metrics tell, relative to the position of its last poll.
 *
 * <p>
 * Why it hurts: a record was tried again for ever, or a thread waited for a lock; the
 * probes were green, and the customers noticed before the team did.
 *
 * <p>
 * Wrong: an unlimited retry, a call without a timeout, three instances for the load of
 * six. Right: attempts that end, timeouts, and consumers and partitions enough for the
 * load.
 *
 * <p>
 * Legitimate while a backlog is worked off that somebody made on purpose; retry topics
 * and paused listeners are not reported.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#consumer_monitoring">Consumer
 * monitoring</a>
 */
@Pitfall(id = "consumer-lag-growing", title = "The consumer falls behind or makes no progress",
		severity = Severity.WARNING,
		why = "A record in an endless retry, a deadlock or too little capacity, while the process looks healthy.",
		remedy = "look at the listener; with more consumers than partitions nothing gets faster",
		scope = PitfallScope.ACTIVITY, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerLagGrowing implements PitfallRule {

	private static final long MIN_LAG = 1000;

	private static final int GROWING = 5;

	/** Five minutes when samples are a minute apart. */
	private static final int STANDING = 6;

	private static final String LAG = "records-lag";

	private static final String LEAD = "records-lead";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : setup.listeners()) {
			boolean paused = setup.activity().container(listener.id()).filter(ContainerActivity::paused).isPresent();
			if (!paused && listener.role() != ListenerSetup.Role.AUXILIARY) {
				List<ClientActivity> clients = setup.activity().clients(ClientType.CONSUMER, listener.id());
				worst(clients, ConsumerLagGrowing::stands).ifPresent((partition) -> findings.add(finding(listener,
						partition,
						"The position in the partition has not moved for five minutes although there are records behind it: a record in an endless retry, a deadlock, or one very long call.",
						"look at what the listener's thread does (thread dump), and give its calls a timeout and its retries an end")));
				worst(clients, ConsumerLagGrowing::grows).ifPresent((partition) -> findings.add(finding(listener,
						partition,
						"The records arrive faster than the listener processes them; when retention overtakes it, they are lost.",
						"make the listener faster, or add consumers up to the number of partitions")));
			}
		}
		return findings;
	}

	private static Optional<Behind> worst(List<ClientActivity> clients, BiPredicate<ClientActivity, Metric> problem) {
		return clients.stream()
			.flatMap((client) -> client.metrics(LAG)
				.stream()
				.filter((lag) -> problem.test(client, lag))
				.map((lag) -> new Behind(lag.place(), (long) client.latest(lag).orElse(0))))
			.max(Comparator.comparing(Behind::lag));
	}

	private static boolean grows(ClientActivity client, Metric lag) {
		List<Double> values = client.latest(lag, GROWING);
		return !values.isEmpty() && values.get(GROWING - 1) >= MIN_LAG
				&& IntStream.range(1, GROWING).allMatch((i) -> values.get(i) > values.get(i - 1));
	}

	private static boolean stands(ClientActivity client, Metric lag) {
		List<Double> lags = client.latest(lag, STANDING);
		List<Double> leads = client.latest(lag.sibling(LEAD), STANDING);
		return !lags.isEmpty() && lags.stream().allMatch((value) -> value > 0) && !leads.isEmpty()
				&& leads.stream().distinct().count() == 1;
	}

	private static Finding finding(ListenerSetup listener, Behind behind, String harm, String remedy) {
		return Finding.of(listener.subject(), harm)
			.withEvidence(ActivitySetup.fact("lag of " + behind.partition() + " in records", behind.lag()))
			.withFix(Fix.action(remedy));
	}

	/**
	 * A partition that a consumer is behind in.
	 *
	 * @param partition topic and number
	 * @param lag number of records
	 */
	private record Behind(String partition, long lag) {

	}

}
