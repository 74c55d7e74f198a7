package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Flags a {@code delivery.timeout.ms} smaller than {@code linger.ms} plus
 * {@code request.timeout.ms}.
 *
 * <p>
 * Why it hurts: somebody shortens the delivery time-out to fail fast. The check lives in
 * the constructor of the producer, so the release starts, and the first send throws. When
 * only the other two were raised, the client silently waits longer than its documented
 * two minutes.
 *
 * <p>
 * Wrong: {@code delivery.timeout.ms: 10000} with the default request time-out of 30
 * seconds. Right: {@code request.timeout.ms: 10000} and
 * {@code delivery.timeout.ms: 30000}.
 *
 * <p>
 * Legitimate: never when it is set; for information only when the client raises its own
 * default.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#producerconfigs_delivery.timeout.ms">delivery.timeout.ms</a>
 */
@Pitfall(id = "producer-delivery-timeout-inconsistent",
		title = "The delivery timeout is smaller than linger.ms + request.timeout.ms", severity = Severity.ERROR,
		why = "The constructor of the producer refuses it, hence the first send fails, not the start-up.",
		remedy = "delivery.timeout.ms >= linger.ms + request.timeout.ms", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ProducerDeliveryTimeoutInconsistent implements StartupPitfallRule {

	private static final String DELIVERY = "delivery.timeout.ms";

	private static final String REQUEST = "request.timeout.ms";

	private static final String LINGER = "linger.ms";

	private static final String PROPERTIES = "spring.kafka.producer.properties.";

	private static final int ATTEMPTS = 3;

	private static final long SHORTEST_REQUEST = 1000;

	private static final long DEFAULT_DELIVERY = 120_000;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ProducerSetup producer : setup.producers()) {
			Optional<Finding> finding = finding(producer);
			if (finding.isPresent()) {
				findings.add(finding.get());
			}
		}
		return findings;
	}

	private static Optional<Finding> finding(ProducerSetup producer) {
		ClientConfig config = producer.config();
		long delivery = value(config, DELIVERY, Integer.MAX_VALUE);
		long linger = value(config, LINGER, 0);
		long required = Math.min(Math.min(linger, Integer.MAX_VALUE) + value(config, REQUEST, 0), Integer.MAX_VALUE);
		if (delivery >= required) {
			return Optional.empty();
		}
		Finding finding = config.given(DELIVERY).isPresent() ? refused(producer, delivery, linger, required)
				: raised(producer, required);
		return Optional.of(finding.withEvidence(config.get(DELIVERY))
			.withEvidence(config.get(LINGER))
			.withEvidence(config.get(REQUEST)));
	}

	private static Finding refused(ProducerSetup producer, long delivery, long linger, long required) {
		Finding finding = Finding
			.of(producer.subject(),
					"The producer refuses it, but it is created by the first send: "
							+ "the application starts, and that send fails.")
			.withSeverity(producer.customized() ? Severity.WARNING : Severity.ERROR);
		long request = (delivery - linger) / ATTEMPTS;
		if (request >= SHORTEST_REQUEST) {
			finding = finding.withFix(Fix.set(PROPERTIES + REQUEST, request));
		}
		return finding.withFix(Fix.set(PROPERTIES + DELIVERY, Math.max(required, DEFAULT_DELIVERY)));
	}

	private static Finding raised(ProducerSetup producer, long required) {
		return Finding
			.of(producer.subject(),
					"The client raises its own delivery time-out to " + required
							+ " ms and says so in a warning only: a send may take that long to fail.")
			.withSeverity(Severity.INFO)
			.withFix(Fix.set(PROPERTIES + DELIVERY, required));
	}

	/** A value that the client refuses anyway is another finding. */
	private static long value(ClientConfig config, String key, long otherwise) {
		return RejectedValues.accepts(config, key) ? config.number(key).orElse(otherwise) : otherwise;
	}

}
