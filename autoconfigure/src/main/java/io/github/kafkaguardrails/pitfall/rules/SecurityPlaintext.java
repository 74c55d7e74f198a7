package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags clients that talk to another machine with {@code security.protocol=PLAINTEXT},
 * outside development.
 *
 * <p>
 * Why it hurts: anybody who can reach the broker or listen on the way reads and writes
 * every topic. A test that was pointed at the production brokers by mistake consumed a
 * group's records, and nothing asked who it was.
 *
 * <p>
 * Wrong: no {@code spring.kafka.security.protocol}. Right:
 * {@code spring.kafka.security.protocol: SASL_SSL} with a mechanism and credentials.
 *
 * <p>
 * Legitimate behind a service mesh with mutual TLS or on a private network: accept it
 * once with a waiver.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#security_overview">Security</a>
 */
@Pitfall(id = "security-plaintext", title = "Traffic to a remote cluster is neither encrypted nor authenticated",
		severity = Severity.WARNING,
		why = "Anybody who reaches the brokers, or the network on the way, can read and write every topic.",
		remedy = "spring.kafka.security.protocol: SASL_SSL", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SecurityPlaintext implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		return ConfiguredClient.of(setup)
			.stream()
			.filter((client) -> SecurityProtocol.of(client.config()) == SecurityProtocol.PLAINTEXT)
			.filter((client) -> BootstrapServers.of(client.config()).remote())
			.map((client) -> Finding
				.of(client.subject(),
						"Anybody who reaches the brokers, or the network on the way, can read and write every topic.")
				.withEvidence(client.config().get(SecurityProtocol.KEY))
				.withEvidence(client.config().get(BootstrapServers.KEY))
				.withFix(Fix.set("spring.kafka.security.protocol", "SASL_SSL")))
			.toList();
	}

}
