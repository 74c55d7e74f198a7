package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags clients with TLS that do not check whether the certificate belongs to the host
 * that they talk to, outside development.
 *
 * <p>
 * Why it hurts: the line was added when a certificate was wrong, for one evening. Since
 * then any machine with a certificate of the same authority can stand between the
 * application and its brokers, and read and write everything.
 *
 * <p>
 * Wrong: {@code ssl.endpoint.identification.algorithm: ""}. Right: without that line, and
 * with brokers whose certificates name their hosts.
 *
 * <p>
 * Legitimate never for long: repair the alternative names of the certificates.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#security_confighostname">Configuring host name
 * verification</a>
 */
@Pitfall(id = "security-hostname-verification-disabled", title = "TLS without checking who answers",
		severity = Severity.WARNING, why = "Any certificate of the same authority can impersonate the brokers.",
		remedy = "Delete ssl.endpoint.identification.algorithm", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SecurityHostnameVerificationDisabled implements PitfallRule {

	private static final String KEY = "ssl.endpoint.identification.algorithm";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		return ConfiguredClient.of(setup)
			.stream()
			.filter((client) -> disabled(client.config()))
			.map((client) -> Finding.of(client.subject(),
					"The client does not check whether the certificate belongs to the host: any certificate of the same"
							+ " authority can impersonate the brokers.")
				.withEvidence(client.config().get(KEY))
				.withFix(Remedy.delete(client.config().get(KEY)))
				.withFix(Fix.action("let the certificates of the brokers name their hosts")))
			.toList();
	}

	private static boolean disabled(ClientConfig config) {
		return SecurityProtocol.of(config).tls() && config.explicit(KEY) && config.string(KEY).isEmpty();
	}

}
