package io.github.kafkaguardrails.pitfall.rules;

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
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags producers that in three consecutive samples, a minute apart, made senders wait
 * for more than 10 % of the time or were slowed down by a quota, and producers that
 * refused records because their buffer was full.
 *
 * <p>
 * Why it hurts: a nightly export filled the buffer; the threads of the shop stood in
 * {@code send} for a minute each, and the site was down while Kafka was well. A quota
 * makes itself felt in no other way than this.
 *
 * <p>
 * Wrong: an import that sends as fast as it can read, with the producer of the shop.
 * Right: a rate that the quota allows, or {@code spring.kafka.producer.buffer-memory:
 * 16MB} and {@code max.block.ms: 5000}, so that the sender is held back early.
 *
 * <p>
 * Legitimate for a job that shall run as fast as a quota allows: waive it for that
 * producer.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#design_quotas">Quotas</a>
 */
@Pitfall(id = "producer-backpressure", title = "The producer buffer is saturated or the client is throttled",
		severity = Severity.WARNING,
		why = "send() blocks its caller up to max.block.ms, and records grow old in the buffer until delivery.timeout.ms.",
		remedy = "send less, ask for quota, or lower spring.kafka.producer.buffer-memory so that callers feel it sooner",
		scope = PitfallScope.ACTIVITY, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ProducerBackpressure implements PitfallRule {

	private static final double MAX_WAITING = 0.1;

	private static final int SAMPLES = 3;

	private static final Metric WAITING = Metric.of("bufferpool-wait-ratio");

	private static final Metric EXHAUSTED = Metric.of("buffer-exhausted-total");

	private static final Metric THROTTLED = Metric.of("produce-throttle-time-avg");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ClientActivity client : setup.activity().clients()) {
			if (client.type() == ClientType.PRODUCER) {
				List<ConfigValue> evidence = evidence(client);
				if (!evidence.isEmpty()) {
					findings.add(finding(setup, client, evidence));
				}
			}
		}
		return findings;
	}

	private static List<ConfigValue> evidence(ClientActivity client) {
		List<ConfigValue> evidence = new ArrayList<>();
		if (always(client, WAITING, MAX_WAITING)) {
			evidence.add(ActivitySetup.fact(WAITING.name(), percent(client)));
		}
		if (client.increase(EXHAUSTED) > 0) {
			evidence.add(ActivitySetup.fact("records refused, buffer full", (long) client.increase(EXHAUSTED)));
		}
		if (always(client, THROTTLED, 0)) {
			evidence
				.add(ActivitySetup.fact(THROTTLED.name() + " in ms", Math.round(client.latest(THROTTLED).orElse(0))));
		}
		return evidence;
	}

	private static boolean always(ClientActivity client, Metric metric, double limit) {
		List<Double> values = client.latest(metric, SAMPLES);
		return !values.isEmpty() && values.stream().allMatch((value) -> value > limit);
	}

	private static String percent(ClientActivity client) {
		return Math.round(100 * client.latest(WAITING).orElse(0)) + " %";
	}

	private static Finding finding(KafkaSetup setup, ClientActivity client, List<ConfigValue> evidence) {
		Finding finding = Finding.of(ObservedProducer.subject(setup, client.owner()),
				"send() blocks its caller up to max.block.ms, and records grow old in the buffer until delivery.timeout.ms.");
		for (ConfigValue value : evidence) {
			finding = finding.withEvidence(value);
		}
		return finding.withFix(Fix.action("send less, or ask for a higher quota or more partitions"))
			.withFix(Fix.set("spring.kafka.producer.buffer-memory", "16MB"))
			.withFix(Fix.set("spring.kafka.producer.properties.max.block.ms", 5000));
	}

}
