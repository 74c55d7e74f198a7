package io.github.kafkaguardrails.pitfall.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Flags producers whose {@code retries} is set: up to ten, none included, as a warning,
 * more as an info.
 *
 * <p>
 * Why it hurts: a broker is restarted. With three retries and the default pauses the
 * producer gives up after less than a second, long before there is a new leader, and an
 * order is lost that {@code delivery.timeout.ms} would have allowed two minutes for.
 *
 * <p>
 * Wrong: {@code spring.kafka.producer.retries: 3}. Right: no {@code retries}, and
 * {@code spring.kafka.producer.properties.delivery.timeout.ms} where an upper bound is
 * wanted.
 *
 * <p>
 * Legitimate where records may be lost: {@code retries: 0} together with {@code acks: 0}
 * or {@code 1} is not flagged, other values can be waived for that factory. A producer
 * that must be idempotent is refused without retries; another rule says so.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#producerconfigs_retries">retries</a>
 */
@Pitfall(id = "producer-retries-limited", title = "The number of retries is limited instead of their time",
		severity = Severity.WARNING,
		why = "A few retries are spent in less time than a leader election takes: the record fails although there was time left.",
		remedy = "delete retries; delivery.timeout.ms bounds the effort", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ProducerRetriesLimited implements PitfallRule {

	private static final String KEY = "retries";

	private static final String DELIVERY = "delivery.timeout.ms";

	private static final long FEW = 10;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.producers()
			.stream()
			.filter((producer) -> limited(producer.config()) && !withoutRetriesOnPurpose(producer))
			.map((producer) -> finding(producer, producer.config().number(KEY).orElse(0)))
			.toList();
	}

	private static boolean limited(ClientConfig config) {
		return config.explicit(KEY) && RejectedValues.accepts(config, KEY)
				&& config.number(KEY).orElse(Integer.MAX_VALUE) < Integer.MAX_VALUE;
	}

	/** Or refused by the client. */
	private static boolean withoutRetriesOnPurpose(ProducerSetup producer) {
		return producer.config().number(KEY).orElse(0) == 0 && (ProducerIdempotence.required(producer)
				|| ProducerIdempotence.weakAcks(producer.config()).isPresent());
	}

	private static Finding finding(ProducerSetup producer, long retries) {
		ClientConfig config = producer.config();
		String spent = (retries == 0) ? "The first transient error fails a record"
				: "The retries are spent after pauses of " + seconds(pauses(config, retries)) + " s in all";
		return Finding
			.of(producer.subject(),
					spent + ", although " + DELIVERY + " allows " + seconds(config.number(DELIVERY).orElse(0))
							+ " s: a leader election or the restart of a broker may take longer.")
			.withSeverity((retries <= FEW) ? Severity.WARNING : Severity.INFO)
			.withEvidence(config.get(KEY))
			.withEvidence(config.get(DELIVERY))
			.withFix(Remedy.delete(config.get(KEY)))
			.withFix(Fix.action(
					"where a bound is wanted, set it in time: spring.kafka.producer.properties.delivery.timeout.ms"));
	}

	/** Milliseconds between the retries, as the client doubles them up to a limit. */
	private static long pauses(ClientConfig config, long retries) {
		long longest = config.number("retry.backoff.max.ms").orElse(0);
		long pause = Math.min(config.number("retry.backoff.ms").orElse(0), longest);
		long total = 0;
		long remaining = retries;
		while (remaining > 0 && pause > 0 && pause < longest) {
			total += pause;
			pause = Math.min(pause * 2, longest);
			remaining--;
		}
		return total + remaining * pause;
	}

	private static String seconds(long milliseconds) {
		return BigDecimal.valueOf(milliseconds, 3)
			.setScale(1, RoundingMode.HALF_UP)
			.stripTrailingZeros()
			.toPlainString();
	}

}
