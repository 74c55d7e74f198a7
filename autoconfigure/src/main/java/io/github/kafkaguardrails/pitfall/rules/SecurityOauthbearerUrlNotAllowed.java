package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags clients whose token comes from a URL that the system property
 * {@code org.apache.kafka.sasl.oauthbearer.allowed.urls} does not name.
 *
 * <p>
 * Why it hurts: since Kafka 4.0 the list is empty unless somebody fills it. The
 * application is upgraded, nothing in its configuration has changed, and no client can be
 * created any more.
 *
 * <p>
 * Wrong: {@code sasl.oauthbearer.token.endpoint.url: https://idp.example.com/token}
 * alone. Right: also
 * {@code -Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=https://idp.example.com/token}.
 *
 * <p>
 * Legitimate with a handler or a retriever of your own, which does not look at the list
 * and is not flagged.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#upgrade_4_0_0">Upgrading to
 * 4.0</a>
 */
@Pitfall(id = "security-oauthbearer-url-not-allowed", title = "The token endpoint is not on the allow list",
		severity = Severity.ERROR,
		why = "The client cannot be created: 'The URL cannot be accessed due to restrictions'.",
		remedy = "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=<your token endpoint>", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class SecurityOauthbearerUrlNotAllowed implements StartupPitfallRule {

	private static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		String allowed = setup.application().platform().systemProperties().getOrDefault(ALLOWED, "");
		List<Finding> findings = new ArrayList<>();
		for (ConfiguredClient client : ConfiguredClient.of(setup)) {
			for (ConfigValue url : checkedUrls(client.config())) {
				if (!urls(allowed).contains(client.config().string(url.key()))) {
					findings.add(finding(client, url, allowed));
				}
			}
		}
		return findings;
	}

	private static List<String> urls(String allowed) {
		return Arrays.stream(allowed.split(",")).map(String::trim).toList();
	}

	/** The URLs that the client certainly compares with the list. */
	private static List<ConfigValue> checkedUrls(ClientConfig config) {
		SaslSettings sasl = new SaslSettings(config);
		if (!sasl.oauthbearer() || sasl.customLogin() || !sasl.kafkasTokenHandler()) {
			return List.of();
		}
		Stream<String> token = sasl.kafkasRetriever() ? Stream.of(SaslSettings.TOKEN_URL) : Stream.empty();
		Stream<String> keys = sasl.kafkasValidator() ? Stream.of(SaslSettings.JWKS_URL) : Stream.empty();
		return Stream.concat(token, keys)
			.filter((key) -> config.get(key).value() instanceof String url && !url.isBlank() && !url.contains("${"))
			.map(config::get)
			.toList();
	}

	private static Finding finding(ConfiguredClient client, ConfigValue url, String allowed) {
		String list = allowed.isBlank() ? "" : allowed.trim() + ",";
		return Finding
			.of(client.subject(),
					"The client cannot be created: the system property " + ALLOWED + " does not name this URL.")
			.withEvidence(url)
			.withFix(Fix.action("start the virtual machine with -D" + ALLOWED + "=" + list + url.text()
					+ " (it cannot be set in application.yml)"));
	}

}
