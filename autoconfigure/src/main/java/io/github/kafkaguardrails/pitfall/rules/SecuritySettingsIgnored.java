package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.PropertyName;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags TLS or SASL settings of a client whose {@code security.protocol} does not use
 * them, outside development.
 *
 * <p>
 * Why it hurts: a trust store and a JAAS line were added, the application started, the
 * ticket was closed; a network trace a year later showed clear text. No client says a
 * word about settings that its protocol does not need.
 *
 * <p>
 * Wrong: {@code spring.kafka.ssl.bundle: kafka} alone. Right: with
 * {@code spring.kafka.security.protocol: SSL} (or {@code SASL_SSL}).
 *
 * <p>
 * Legitimate in development, where a profile switches the protocol off under shared
 * settings; development is not checked.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#security_configclients">Clients
 * with TLS</a>
 */
@Pitfall(id = "security-settings-ignored",
		title = "TLS or SASL settings are present but the protocol does not use them", severity = Severity.WARNING,
		why = "The author believes that the connection is protected, and it is not; the client says nothing.",
		remedy = "spring.kafka.security.protocol: SSL (or SASL_SSL)", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SecuritySettingsIgnored implements PitfallRule {

	private static final Pattern TLS_KEY = Pattern
		.compile("ssl\\.(truststore|keystore|key)\\..+|ssl\\.(protocol|engine\\.factory\\.class)");

	private static final Set<String> SASL_KEYS = Set.of("sasl.jaas.config", "sasl.mechanism");

	private static final String JAAS_ENABLED = "spring.kafka.jaas.enabled";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		List<Finding> findings = new ArrayList<>();
		List<ConfiguredClient> clients = ConfiguredClient.of(setup);
		clients.forEach((client) -> addIgnored(findings, client));
		if (!clients.isEmpty() && clients.stream()
			.map(SecuritySettingsIgnored::protocol)
			.noneMatch((protocol) -> protocol.sasl() || protocol == SecurityProtocol.UNKNOWN)) {
			addIgnoredJaas(findings, setup);
		}
		return findings;
	}

	private static void addIgnored(List<Finding> findings, ConfiguredClient client) {
		SecurityProtocol protocol = protocol(client);
		List<ConfigValue> ignored = client.config()
			.given()
			.stream()
			.filter((value) -> value.explicit() && !client.config().string(value.key()).isEmpty())
			.filter((value) -> ignores(protocol, value.key()))
			.toList();
		if (ignored.isEmpty()) {
			return;
		}
		String harm = protocol.sasl() ? "the connection is not encrypted." : "the connection is not protected.";
		Finding finding = Finding.of(client.subject(), "These settings have no effect with this protocol: " + harm)
			.withEvidence(client.config().get(SecurityProtocol.KEY));
		for (ConfigValue value : ignored) {
			finding = finding.withEvidence(value);
		}
		findings.add(finding.withFix(Fix.set("spring.kafka.security.protocol", wanted(protocol, ignored))));
	}

	private static String wanted(SecurityProtocol protocol, List<ConfigValue> ignored) {
		return (protocol.sasl() || ignored.stream().anyMatch((value) -> SASL_KEYS.contains(value.key()))) ? "SASL_SSL"
				: "SSL";
	}

	private static boolean ignores(SecurityProtocol protocol, String key) {
		return switch (protocol) {
			case PLAINTEXT -> TLS_KEY.matcher(key).matches() || SASL_KEYS.contains(key);
			case SASL_PLAINTEXT -> TLS_KEY.matcher(key).matches();
			case SSL, SASL_SSL, UNKNOWN -> false;
		};
	}

	private static void addIgnoredJaas(List<Finding> findings, KafkaSetup setup) {
		setup.application()
			.properties()
			.set()
			.stream()
			.filter((property) -> PropertyName.of(property.key()).matches(JAAS_ENABLED)
					&& "true".equalsIgnoreCase(String.valueOf(property.value())))
			.map((property) -> Finding
				.of(Subject.APPLICATION,
						"No client uses SASL, so that the login module is never asked: nobody is authenticated.")
				.withEvidence(property)
				.withFix(Fix.set("spring.kafka.security.protocol", "SASL_SSL")))
			.forEach(findings::add);
	}

	private static SecurityProtocol protocol(ConfiguredClient client) {
		return SecurityProtocol.of(client.config());
	}

}
