package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags clients that authenticate at another machine without encryption
 * ({@code SASL_PLAINTEXT}): with {@code PLAIN} and {@code OAUTHBEARER} as a warning,
 * because the password or token itself travels, else for information.
 *
 * <p>
 * Why it hurts: whoever listens on the way, in the same office or the same cluster of
 * containers, reads the password, and with it reads and writes everything that the
 * application may, for years.
 *
 * <p>
 * Wrong: {@code spring.kafka.security.protocol: SASL_PLAINTEXT}. Right:
 * {@code spring.kafka.security.protocol: SASL_SSL}.
 *
 * <p>
 * Legitimate behind a service mesh that encrypts, and on this machine, which is not
 * flagged.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#security_sasl">SASL</a>
 */
@Pitfall(id = "security-sasl-without-tls", title = "Credentials travel in clear text", severity = Severity.WARNING,
		why = "Whoever listens on the way can use the password or token, and read and change every record.",
		remedy = "spring.kafka.security.protocol: SASL_SSL", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SecuritySaslWithoutTls implements PitfallRule {

	private static final Set<String> CLEAR_TEXT = Set.of("PLAIN", "OAUTHBEARER");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConfiguredClient.of(setup)
			.stream()
			.filter((client) -> SecurityProtocol.of(client.config()) == SecurityProtocol.SASL_PLAINTEXT)
			.filter((client) -> BootstrapServers.of(client.config()).remote())
			.map(SecuritySaslWithoutTls::finding)
			.toList();
	}

	private static Finding finding(ConfiguredClient client) {
		ConfigValue protocol = client.config().get(SecurityProtocol.KEY);
		String mechanism = new SaslSettings(client.config()).mechanism();
		boolean clearText = CLEAR_TEXT.contains(mechanism);
		String harm = clearText
				? "With " + mechanism + " the " + (mechanism.equals("PLAIN") ? "password" : "token")
						+ " is sent as it is: whoever listens on the way can use it."
				: "Only the password is protected on the way: whoever listens can read every record, and change it.";
		Finding finding = Finding.of(client.subject(), harm)
			.withSeverity(clearText ? Severity.WARNING : Severity.INFO)
			.withEvidence(protocol)
			.withEvidence(ConfigValue.of(SaslSettings.MECHANISM, mechanism,
					client.config().get(SaslSettings.MECHANISM).origin()));
		return Remedy.set(finding, protocol, "spring.kafka.security.protocol", "SASL_SSL");
	}

}
