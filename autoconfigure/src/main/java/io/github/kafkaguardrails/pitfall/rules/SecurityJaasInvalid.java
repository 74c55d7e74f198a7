package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.auto.service.AutoService;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.PlatformSetup;

/**
 * Flags clients with SASL whose login configuration cannot work: there is none, it cannot
 * be read, its login module cannot be loaded or is not allowed. It is a warning when the
 * client can be created and fails at the brokers: the mechanism does not fit the module,
 * or its name is misspelt.
 *
 * <p>
 * Why it hurts: the semicolon at the end is lost when the line moves from one file to
 * another. The application starts, and the first send fails with a message that does not
 * say what is wrong with which line.
 *
 * <p>
 * Wrong: {@code sasl.jaas.config: …ScramLoginModule required username="u" password="p"}.
 * Right: {@code …password="p";} and {@code sasl.mechanism: SCRAM-SHA-512}.
 *
 * <p>
 * Legitimate are modules and mechanisms of vendors, such as {@code AWS_MSK_IAM}: whether
 * those fit is not judged. Neither is a text that a provider will replace.
 *
 * @since 0.1.0
 * @see <a href= "https://kafka.apache.org/documentation/#security_sasl_jaasconfig">JAAS
 * configuration</a>
 */
@Pitfall(id = "security-jaas-invalid", title = "The JAAS line cannot work", severity = Severity.ERROR,
		why = "The client cannot be created, a producer not before the first send, or the brokers refuse it.",
		remedy = "spring.kafka.properties.sasl.jaas.config: <login module> required <options>;", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class SecurityJaasInvalid implements StartupPitfallRule {

	private static final String ALLOWED = "org.apache.kafka.allowed.login.modules";

	private static final String DISALLOWED = "org.apache.kafka.disallowed.login.modules";

	private static final String DISALLOWED_DEFAULT = "com.sun.security.auth.module.JndiLoginModule,"
			+ "com.sun.security.auth.module.LdapLoginModule";

	private static final String SECURITY = "org.apache.kafka.common.security.";

	/** Kafka's modules, the mechanism that each is made for first. */
	private static final Map<String, List<String>> MECHANISMS = Map.of(SECURITY + "plain.PlainLoginModule",
			List.of("PLAIN"), SECURITY + "scram.ScramLoginModule", List.of("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"),
			SECURITY + "oauthbearer.OAuthBearerLoginModule", List.of("OAUTHBEARER"));

	private static final List<String> KNOWN = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER",
			"GSSAPI");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		PlatformSetup platform = setup.application().platform();
		List<Finding> findings = new ArrayList<>();
		for (ConfiguredClient client : ConfiguredClient.of(setup)) {
			SaslSettings sasl = new SaslSettings(client.config());
			Optional<Finding> finding = sasl.used() ? finding(client, sasl, platform) : Optional.empty();
			if (finding.isPresent()) {
				findings.add(finding.get());
			}
		}
		return findings;
	}

	private static Optional<Finding> finding(ConfiguredClient client, SaslSettings sasl, PlatformSetup platform) {
		if (client.config().given(SaslSettings.JAAS).isEmpty()) {
			return platform.jaasEntry() ? Optional.empty() : Optional.of(missing(client, sasl));
		}
		return sasl.jaas().flatMap((jaas) -> {
			String problem = problem(jaas, platform);
			if (problem != null) {
				return Optional.of(broken(client, problem));
			}
			return disagreement(client, sasl, jaas);
		});
	}

	private static Finding missing(ConfiguredClient client, SaslSettings sasl) {
		return Finding.of(client.subject(),
				"SASL needs a login configuration, and there is none: the client cannot be created (\"Could not find a"
						+ " 'KafkaClient' entry in the JAAS configuration\").")
			.withEvidence(client.config().get(SecurityProtocol.KEY))
			.withEvidence(client.config().get(SaslSettings.JAAS))
			.withFix(Fix.set("spring.kafka.properties." + SaslSettings.JAAS, example(sasl.mechanism())));
	}

	private static String example(String mechanism) {
		if (mechanism.equals("OAUTHBEARER")) {
			return SECURITY + "oauthbearer.OAuthBearerLoginModule required;";
		}
		String module = mechanism.startsWith("SCRAM") ? "scram.ScramLoginModule" : "plain.PlainLoginModule";
		return SECURITY + module + " required username=\"${KAFKA_USER}\" password=\"${KAFKA_PASSWORD}\";";
	}

	/** Why the client cannot be created, ready to follow "it". */
	private static @Nullable String problem(JaasText jaas, PlatformSetup platform) {
		if (jaas.problem() != null) {
			return jaas.problem();
		}
		if (!allowed(jaas.module(), platform.systemProperties())) {
			return "names the login module " + jaas.module()
					+ ", which Kafka does not allow unless the system property " + ALLOWED + " names it";
		}
		return (LoadableClass.find(jaas.module()) == null)
				? "names the login module " + jaas.module() + ", which cannot be loaded" : null;
	}

	private static boolean allowed(String module, Map<String, String> systemProperties) {
		String allowed = systemProperties.get(ALLOWED);
		if (allowed != null) {
			return names(allowed).contains(module);
		}
		return !names(systemProperties.getOrDefault(DISALLOWED, DISALLOWED_DEFAULT)).contains(module);
	}

	private static Set<String> names(String list) {
		return Arrays.stream(list.split(",")).map(String::trim).collect(Collectors.toSet());
	}

	private static Finding broken(ConfiguredClient client, String problem) {
		return Finding
			.of(client.subject(),
					"The client cannot be created, because its login configuration cannot be used: it " + problem + ".")
			.withEvidence(client.config().get(SaslSettings.JAAS))
			.withFix(Fix.action("write '<login module> required <option>=\"<value>\" ...;' in "
					+ place(client.config().get(SaslSettings.JAAS))));
	}

	private static String place(ConfigValue value) {
		String property = value.origin().property();
		return (property != null) ? property : value.key() + " (" + value.origin() + ")";
	}

	private static Optional<Finding> disagreement(ConfiguredClient client, SaslSettings sasl, JaasText jaas) {
		ConfigValue mechanism = client.config().get(SaslSettings.MECHANISM);
		if (sasl.customLogin() || client.config().given(SaslSettings.MECHANISM).isEmpty()) {
			return Optional.empty();
		}
		Optional<String> meant = KNOWN.stream()
			.filter((known) -> letters(known).equals(letters(sasl.mechanism())))
			.findFirst();
		if (meant.isPresent() && !meant.get().equals(sasl.mechanism())) {
			return Optional.of(refused(client, "No broker knows a mechanism of this name, whose case and dashes count")
				.withFix(Remedy.change(mechanism, meant.get())));
		}
		List<String> fitting = MECHANISMS.get(jaas.module());
		if (meant.isEmpty() || fitting == null || fitting.contains(sasl.mechanism())) {
			return Optional.empty();
		}
		String module = jaas.module().substring(jaas.module().lastIndexOf('.') + 1);
		return Optional
			.of(refused(client, "The " + module + " is made for " + fitting.get(0) + ", not for this mechanism")
				.withFix(Remedy.change(mechanism, fitting.get(0)))
				.withFix(Fix.action("or name the login module that belongs to the mechanism")));
	}

	private static String letters(String mechanism) {
		return mechanism.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
	}

	private static Finding refused(ConfiguredClient client, String reason) {
		return Finding.of(client.subject(), reason + ": authentication fails.")
			.withSeverity(Severity.WARNING)
			.withEvidence(client.config().get(SaslSettings.MECHANISM))
			.withEvidence(client.config().get(SaslSettings.JAAS));
	}

}
