package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.BootClientProperties;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.PropertyName;
import io.github.kafkaguardrails.setup.Secrets;
import io.github.kafkaguardrails.setup.Subject;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Flags passwords, private keys and client secrets below {@code spring.kafka} that are
 * written as they are in a packaged file or a file of the project, outside development.
 * The value itself is never shown.
 *
 * <p>
 * Why it hurts: the file is in version control, in the artifact and in every image built
 * from it. A contractor's laptop was enough to read all topics, and the password could
 * not be changed without a release of nine applications.
 *
 * <p>
 * Wrong: {@code sasl.jaas.config: … required username="orders" password="s3cret";} Right:
 * {@code … password="${KAFKA_PASSWORD}";}.
 *
 * <p>
 * Legitimate in files that are mounted at run time: those are told by their absolute path
 * and not flagged; nor are encrypted values ({@code {cipher}…}, {@code ENC(…)}).
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#security_sasl_scram_clientconfig">SASL
 * clients</a>
 */
@Pitfall(id = "security-literal-credentials", title = "A password is written in a configuration file",
		severity = Severity.WARNING,
		why = "It ends up in version control and in every artifact, and changing it needs a release.",
		remedy = "Refer to it with a placeholder, for example ${KAFKA_PASSWORD}", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class SecurityLiteralCredentials implements PitfallRule {

	/** A relative path to a file: what is mounted at run time has an absolute one. */
	private static final Pattern PROJECT_FILE = Pattern
		.compile("(?!/|\\./|\\.\\./|file:|[A-Za-z]:[/\\\\]).+:\\d+:\\d+");

	private static final Pattern SECRET_KEY = Pattern.compile("ssl\\..*password|ssl\\.keystore\\.key"
			+ "|sasl\\.oauthbearer\\.client\\.credentials\\.client\\.secret|(.+\\.)?basic\\.auth\\.user\\.info");

	private static final Pattern JAAS_SECRET = Pattern
		.compile("\\b(?:password|clientSecret)\\s*=\\s*(\"[^\"]*\"|'[^']*'|[^\\s;]+)");

	private static final Pattern JAAS_OPTION = Pattern.compile("password|clientSecret");

	private static final Pattern INDIRECT = Pattern.compile("\\$\\{|\\{cipher}|^\\W*ENC\\(");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		return setup.application()
			.properties()
			.set()
			.stream()
			.filter((property) -> inProjectFile(property.origin()) && literal(property))
			.map(SecurityLiteralCredentials::finding)
			.toList();
	}

	private static boolean inProjectFile(ValueOrigin origin) {
		return origin.kind() == ValueOrigin.Kind.PROPERTY && PROJECT_FILE.matcher(origin.location()).matches();
	}

	private static boolean literal(ConfigValue property) {
		String raw = (property.raw() != null) ? property.raw() : "";
		String key = BootClientProperties.target(property.key()).map(BootClientProperties.Target::key).orElse("");
		if (key.equals("sasl.jaas.config")) {
			Matcher matcher = JAAS_SECRET.matcher(raw);
			return matcher.results().anyMatch((match) -> literal(match.group(1)));
		}
		boolean secret = SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).matches() || PropertyName.of(property.key())
			.below("spring.kafka.jaas.options")
			.filter((option) -> JAAS_OPTION.matcher(option).matches())
			.isPresent();
		return secret && literal(raw);
	}

	private static boolean literal(String text) {
		return !text.replaceAll("[\"']", "").isBlank() && !INDIRECT.matcher(text).find();
	}

	private static Finding finding(ConfigValue property) {
		return Finding
			.of(Subject.APPLICATION,
					"The secret is in version control and in every artifact, and changing it needs a release.")
			.withEvidence(ConfigValue.of(property.key(), Secrets.MASK, property.origin()))
			.withFix(Fix.action("put a placeholder such as ${KAFKA_PASSWORD} in place of the secret, let the deployment"
					+ " supply it, and change the secret that was published"));
	}

}
