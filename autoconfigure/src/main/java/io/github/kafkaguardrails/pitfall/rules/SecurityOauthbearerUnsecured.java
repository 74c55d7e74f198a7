package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags clients that use {@code OAUTHBEARER} without a login callback handler, so that
 * Kafka's handler for development makes the tokens.
 *
 * <p>
 * Why it hurts: that handler writes unsigned tokens with whatever user the configuration
 * names. Brokers that accept them accept anybody as anybody; brokers that do not refuse
 * the client. A token endpoint that is set is not asked.
 *
 * <p>
 * Wrong: {@code sasl.mechanism: OAUTHBEARER} and a token endpoint alone. Right: also
 * {@code sasl.login.callback.handler.class: …OAuthBearerLoginCallbackHandler}.
 *
 * <p>
 * Legitimate on a developer's machine with brokers that accept such tokens: waive it for
 * that profile. A login class of your own is not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#security_sasl_oauthbearer">OAUTHBEARER</a>
 */
@Pitfall(id = "security-oauthbearer-unsecured", title = "Development tokens in use", severity = Severity.WARNING,
		why = "Without a callback handler Kafka makes unsigned tokens of an arbitrary user.",
		remedy = "spring.kafka.properties.sasl.login.callback.handler.class: org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SecurityOauthbearerUnsecured implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return ConfiguredClient.of(setup)
			.stream()
			.filter((client) -> unsecured(new SaslSettings(client.config())))
			.map(SecurityOauthbearerUnsecured::finding)
			.toList();
	}

	private static boolean unsecured(SaslSettings sasl) {
		return sasl.oauthbearer() && sasl.unsecuredTokenHandler();
	}

	private static Finding finding(ConfiguredClient client) {
		ClientConfig config = client.config();
		ConfigValue endpoint = config.get(SaslSettings.TOKEN_URL);
		boolean ignored = !config.string(SaslSettings.TOKEN_URL).isEmpty();
		String harm = ignored
				? "Without a callback handler nobody asks the token endpoint: Kafka's handler for development makes the token."
				: "Kafka's handler for development makes the token: it is not signed, and its user is arbitrary.";
		Finding finding = Finding.of(client.subject(), harm).withEvidence(config.get(SaslSettings.MECHANISM));
		if (ignored) {
			finding = finding.withEvidence(endpoint);
		}
		finding = finding.withFix(Fix.set("spring.kafka.properties." + SaslSettings.LOGIN_HANDLER,
				"org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler"));
		return ignored ? finding : finding
			.withFix(Fix.set("spring.kafka.properties." + SaslSettings.TOKEN_URL, "https://idp.example.com/token"));
	}

}
