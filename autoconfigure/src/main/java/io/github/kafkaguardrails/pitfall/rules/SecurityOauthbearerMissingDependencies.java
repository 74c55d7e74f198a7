package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags clients that use Kafka's own support of OAuth without the libraries that it needs
 * and that nobody brings: jose4j and Jackson 2.
 *
 * <p>
 * Why it hurts: both are optional for the Kafka client, and Spring Boot 4 comes with
 * Jackson 3. Everything compiles, and the first client fails with a
 * {@code NoClassDefFoundError}.
 *
 * <p>
 * Wrong: {@code sasl.mechanism: OAUTHBEARER} with Kafka's
 * {@code OAuthBearerLoginCallbackHandler} and no further dependency. Right: with
 * {@code org.bitbucket.b_c:jose4j} and
 * {@code com.fasterxml.jackson.core:jackson-databind} in the build.
 *
 * <p>
 * Legitimate with a callback handler of your own or of a vendor, which is not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#security_sasl_oauthbearer">OAUTHBEARER</a>
 */
@Pitfall(id = "security-oauthbearer-missing-dependencies",
		title = "Kafka's OAuth support needs libraries that nobody brings", severity = Severity.ERROR,
		why = "The client fails with a NoClassDefFoundError when it is created.",
		remedy = "Add org.bitbucket.b_c:jose4j and com.fasterxml.jackson.core:jackson-databind to the build",
		since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class SecurityOauthbearerMissingDependencies implements StartupPitfallRule {

	private static final String JOSE4J = "org.jose4j.keys.resolvers.VerificationKeyResolver";

	private static final String JACKSON2 = "com.fasterxml.jackson.databind.ObjectMapper";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		Set<String> missing = setup.application().platform().missingClasses();
		List<Finding> findings = new ArrayList<>();
		for (ConfiguredClient client : ConfiguredClient.of(setup)) {
			SaslSettings sasl = new SaslSettings(client.config());
			if (sasl.oauthbearer() && !sasl.customLogin()) {
				if (needsJose4j(sasl) && missing.contains(JOSE4J)) {
					findings.add(finding(client, JOSE4J, "org.bitbucket.b_c:jose4j"));
				}
				if (needsJackson2(sasl) && missing.contains(JACKSON2)) {
					findings.add(finding(client, JACKSON2, "com.fasterxml.jackson.core:jackson-databind"));
				}
			}
		}
		return findings;
	}

	private static boolean needsJose4j(SaslSettings sasl) {
		return sasl.kafkasTokenHandler() && sasl.kafkasValidator();
	}

	/** The handler for development tokens writes one as soon as it has an option. */
	private static boolean needsJackson2(SaslSettings sasl) {
		if (sasl.unsecuredTokenHandler()) {
			return sasl.jaas().filter((jaas) -> !jaas.options().isEmpty()).isPresent();
		}
		return sasl.kafkasTokenHandler() && (sasl.kafkasValidator() || sasl.kafkasRetriever());
	}

	private static Finding finding(ConfiguredClient client, String className, String library) {
		return Finding.of(client.subject(),
				"The client fails with a NoClassDefFoundError when it is created, a producer at the first send: Kafka's"
						+ " support of OAuth needs " + className + ".")
			.withEvidence(client.config().get(SaslSettings.MECHANISM))
			.withEvidence(client.config().get(SaslSettings.LOGIN_HANDLER))
			.withFix(Fix.action("add " + library + " to the build"));
	}

}
