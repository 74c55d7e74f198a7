package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags clients that authenticate with SASL, have a {@code sasl.jaas.config} and no
 * {@code sasl.mechanism}, so that Kerberos (GSSAPI) applies, and no Kerberos service
 * name.
 *
 * <p>
 * Why it hurts: the client cannot be built ("No serviceName defined in either JAAS or
 * Kafka config"). A listener fails when it starts, a producer at the first send, hours
 * after the rollout, with a message that speaks of Kerberos to people who use passwords.
 *
 * <p>
 * Wrong: {@code security.protocol: SASL_SSL} with a {@code ScramLoginModule} alone.
 * Right: with {@code spring.kafka.properties.sasl.mechanism: SCRAM-SHA-512}.
 *
 * <p>
 * Legitimate never; without {@code sasl.jaas.config}, or with a login class of your own,
 * nothing is said, because the service name may stand where nobody can look.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#producerconfigs_sasl.mechanism">sasl.mechanism</a>
 */
@Pitfall(id = "security-sasl-mechanism-missing", title = "SASL without a mechanism means Kerberos",
		severity = Severity.ERROR,
		why = "The client cannot be created: 'No serviceName defined in either JAAS or Kafka config'.",
		remedy = "spring.kafka.properties.sasl.mechanism: SCRAM-SHA-512", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class SecuritySaslMechanismMissing implements StartupPitfallRule {

	private static final String MECHANISM = "sasl.mechanism";

	private static final String JAAS = "sasl.jaas.config";

	private static final String SERVICE_NAME = "sasl.kerberos.service.name";

	private static final Pattern JAAS_SERVICE_NAME = Pattern.compile("\\bserviceName\\s*=");

	private static final Map<String, String> MECHANISMS = Map.of("PlainLoginModule", "PLAIN", "ScramLoginModule",
			"SCRAM-SHA-512", "OAuthBearerLoginModule", "OAUTHBEARER", "IAMLoginModule", "AWS_MSK_IAM");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ConfiguredClient client : ConfiguredClient.of(setup)) {
			if (SecurityProtocol.of(client.config()).sasl() && fails(client.config())) {
				findings.add(finding(client));
			}
		}
		return findings;
	}

	private static boolean fails(ClientConfig config) {
		String jaas = config.string(JAAS);
		boolean readable = !jaas.isEmpty() && !jaas.contains("${");
		return readable && config.given(MECHANISM).isEmpty() && config.given(SERVICE_NAME).isEmpty()
				&& config.given("sasl.login.class").isEmpty() && !JAAS_SERVICE_NAME.matcher(jaas).find();
	}

	private static Finding finding(ConfiguredClient client) {
		return Finding
			.of(client.subject(),
					"Without a mechanism Kerberos applies, and the client cannot be created: 'No serviceName defined in"
							+ " either JAAS or Kafka config'. A producer fails at the first send.")
			.withEvidence(client.config().get(SecurityProtocol.KEY))
			.withEvidence(client.config().get(MECHANISM))
			.withEvidence(client.config().get(JAAS))
			.withFix(fix(client.config().string(JAAS)));
	}

	private static Fix fix(String jaas) {
		if (jaas.contains("Krb5LoginModule")) {
			return Fix.set("spring.kafka.properties." + SERVICE_NAME, "kafka");
		}
		String mechanism = MECHANISMS.entrySet()
			.stream()
			.filter((entry) -> jaas.contains(entry.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse("SCRAM-SHA-512");
		return Fix.set("spring.kafka.properties." + MECHANISM, mechanism);
	}

}
