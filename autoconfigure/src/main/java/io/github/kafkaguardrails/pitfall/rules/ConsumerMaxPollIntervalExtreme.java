package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags consumers of a group with a {@code max.poll.interval.ms} of more than an hour or
 * less than 30 seconds, and, as an info, record listeners that have less than 50 ms for
 * each record of a poll.
 *
 * <p>
 * Why it hurts: a call without a time-out hangs. With an interval of a day nobody takes
 * over the partitions, and the next deployment waits just as long, because this is also
 * how long a classic group waits for its members. With an interval of ten seconds one
 * slow query is enough: the member is evicted, others repeat its records, and are evicted
 * in turn.
 *
 * <p>
 * Wrong: {@code spring.kafka.consumer.max-poll-interval: 24h}. Right: {@code 5m}, which
 * is the default, and a {@code max-poll-records} that can be done in that time.
 *
 * <p>
 * Legitimate for jobs with one long record: with {@code max-poll-records: 1} an interval
 * of up to a day is not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_max.poll.interval.ms">max.poll.interval.ms</a>
 */
@Pitfall(id = "consumer-max-poll-interval-extreme",
		title = "The progress check of the consumer is disabled or trigger-happy", severity = Severity.WARNING,
		why = "A blocked listener keeps its partitions for hours, or a healthy one is evicted again and again.",
		remedy = "spring.kafka.consumer.max-poll-interval: 5m", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConsumerMaxPollIntervalExtreme implements PitfallRule {

	private static final String INTERVAL = "max.poll.interval.ms";

	private static final String RECORDS = "max.poll.records";

	private static final String RECORDS_PROPERTY = "spring.kafka.consumer.max-poll-records";

	private static final long SHORTEST = Duration.ofSeconds(30).toMillis();

	private static final long LONGEST = Duration.ofHours(1).toMillis();

	private static final long LONGEST_FOR_ONE_RECORD = Duration.ofDays(1).toMillis();

	private static final long SHORTEST_PER_RECORD = 50;

	private static final long TYPICAL_PER_RECORD = 500;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConsumingListeners.of(setup)
			.filter((listener) -> listener.subscription().groupManaged() && accepted(listener.consumer()))
			.map(ConsumerMaxPollIntervalExtreme::finding)
			.flatMap(Optional::stream)
			.toList();
	}

	private static boolean accepted(ClientConfig config) {
		return Stream.of(INTERVAL, RECORDS)
			.allMatch((key) -> RejectedValues.accepts(config, key) && config.number(key).isPresent());
	}

	private static Optional<Finding> finding(ListenerSetup listener) {
		long interval = listener.consumer().number(INTERVAL).orElseThrow();
		long records = listener.consumer().number(RECORDS).orElseThrow();
		if (interval > ((records == 1) ? LONGEST_FOR_ONE_RECORD : LONGEST)) {
			return Optional.of(interval(listener,
					"A listener that hangs keeps its partitions that long, and so long a classic group waits for it at "
							+ "each rebalance."));
		}
		if (interval < SHORTEST) {
			return Optional.of(interval(listener,
					"One slow record is enough: the member is evicted, others repeat its records, and may be evicted in "
							+ "turn."));
		}
		boolean tight = interval / records < SHORTEST_PER_RECORD;
		return (tight && listener.container().type() == ContainerSetup.Type.RECORD)
				? Optional.of(budget(listener, interval, records)) : Optional.empty();
	}

	private static Finding interval(ListenerSetup listener, String harm) {
		ConfigValue interval = listener.consumer().get(INTERVAL);
		return Remedy.set(Finding.of(listener.subject(), harm).withEvidence(interval), interval,
				"spring.kafka.consumer.max-poll-interval", "5m");
	}

	private static Finding budget(ListenerSetup listener, long interval, long records) {
		Finding finding = Finding
			.of(listener.subject(), "There are " + (interval / records)
					+ " ms for each record of a full poll. Work with input and output takes longer, and then the "
					+ "member is evicted.")
			.withSeverity(Severity.INFO)
			.withEvidence(listener.consumer().get(INTERVAL))
			.withEvidence(listener.consumer().get(RECORDS));
		return Remedy.set(finding, listener.consumer().get(RECORDS), RECORDS_PROPERTY, interval / TYPICAL_PER_RECORD);
	}

}
