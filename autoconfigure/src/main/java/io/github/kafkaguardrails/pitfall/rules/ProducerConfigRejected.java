package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;

/**
 * Flags values that the Kafka producer refuses: of the wrong type, outside their range,
 * naming a class that does not exist, or contradicting each other.
 *
 * <p>
 * Why it hurts: Spring creates producers lazily. The deployment is green, probes and all,
 * and the first order of the day fails with a {@code ConfigException}.
 *
 * <p>
 * Wrong: {@code spring.kafka.producer.properties.request.timeout.ms: 30s}. Right:
 * {@code request.timeout.ms: 30000}. Also wrong:
 * {@code max.in.flight.requests.per.connection: 10}; an idempotent producer allows
 * {@code 5}.
 *
 * <p>
 * Legitimate when a factory repairs the values while it creates the producer; such
 * factories only get a warning. Values that a configuration provider will replace are not
 * judged.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#producerconfigs">Producer
 * configuration</a>
 */
@Pitfall(id = "producer-config-rejected",
		title = "The client will refuse this configuration, but only at the first send", severity = Severity.ERROR,
		why = "Producers are created lazily: the context starts, probes turn green, and the first send throws.",
		remedy = "give each key a value that the client accepts", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ProducerConfigRejected implements StartupPitfallRule {

	private static final String CONSEQUENCE = "The producer is created by the first send: the application starts, and that send fails.";

	private static final String IN_FLIGHT = "max.in.flight.requests.per.connection";

	private static final long IN_FLIGHT_LIMIT = 5;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ProducerSetup producer : setup.producers()) {
			for (Finding finding : findings(producer)) {
				findings.add(producer.customized() ? finding.withSeverity(Severity.WARNING) : finding);
			}
		}
		return findings;
	}

	private static List<Finding> findings(ProducerSetup producer) {
		ClientConfig config = producer.config();
		List<Finding> findings = new ArrayList<>();
		Set<String> unread = RejectedValues.unread(config,
				Map.of("key.serializer", producer.keySerializer(), "value.serializer", producer.valueSerializer()));
		for (RejectedValue rejected : RejectedValues.in(config, unread)) {
			findings.add(rejected.toFinding(producer.subject(), CONSEQUENCE));
		}
		if (ProducerIdempotence.required(producer) && !producer.transactional()) {
			String requirement = config.given("transactional.id").isPresent() ? "transactional.id"
					: "enable.idempotence";
			ProducerIdempotence.obstacles(config)
				.map((obstacle) -> ProducerIdempotence.mend(finding(producer,
						"An idempotent producer needs acks=all and retries, a transactional one needs idempotence.")
					.withEvidence(obstacle)
					.withEvidence(config.get(requirement)), obstacle))
				.forEach(findings::add);
		}
		if (config.flag("enable.idempotence") && config.number(IN_FLIGHT).orElse(0) > IN_FLIGHT_LIMIT
				&& RejectedValues.accepts(config, IN_FLIGHT)) {
			findings.add(finding(producer,
					"At most 5 requests may be in flight unless enable.idempotence=false is set; acks=1 does not change that.")
				.withEvidence(config.get(IN_FLIGHT))
				.withFix(Remedy.change(config.get(IN_FLIGHT), IN_FLIGHT_LIMIT)));
		}
		if (config.flag("transaction.two.phase.commit.enable") && config.given("transaction.timeout.ms").isPresent()) {
			findings.add(finding(producer, "A transaction timeout cannot be combined with two-phase commit.")
				.withEvidence(config.get("transaction.timeout.ms"))
				.withEvidence(config.get("transaction.two.phase.commit.enable"))
				.withFix(Remedy.delete(config.get("transaction.timeout.ms"))));
		}
		return findings;
	}

	private static Finding finding(ProducerSetup producer, String reason) {
		return Finding.of(producer.subject(), reason + " " + CONSEQUENCE);
	}

}
