package io.github.kafkaguardrails.pitfall.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link SecurityJaasInvalid}, {@link JaasText} and {@link SaslSettings}. */
class SecurityJaasInvalidTests {

	private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

	private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";

	private static final String OAUTH = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";

	private static final String CREDENTIALS = " required username=\"u\" password=\"hunter2\"";

	private static final String ALLOWED = "org.apache.kafka.allowed.login.modules";

	private final SecurityJaasInvalid rule = new SecurityJaasInvalid();

	@ParameterizedTest
	@ValueSource(strings = { PLAIN + CREDENTIALS, "", " ", PLAIN, PLAIN + " needed username=\"u\";",
			PLAIN + " required username;", PLAIN + " required password=1;", PLAIN + " required password=p$w@d;",
			PLAIN + CREDENTIALS + ";" + SCRAM + CREDENTIALS + ";", "com.example.Missing required;",
			"com.sun.security.auth.module.JndiLoginModule required;", "; " + PLAIN + " required;",
			PLAIN + " required username=\"u\" password=\"hunter2;" })
	void whatIsFlaggedCannotBeCreated(String jaas) {
		assertThat(check("PLAIN", jaas)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isNull();
			assertThat(finding.harm()).startsWith("The client cannot be created").doesNotContain("hunter2");
		});
		assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> create("PLAIN", jaas));
	}

	@ParameterizedTest
	@ValueSource(strings = { PLAIN + CREDENTIALS + ";", "  " + PLAIN + "\n\tREQUIRED username='u' password='p;q' ; ",
			PLAIN + " optional a-b_c$d=\"1\"; // comment", "/* first */ " + PLAIN + " requisite username=u;" })
	void whatIsNotFlaggedCanBeCreated(String jaas) {
		assertThat(check("PLAIN", jaas)).isEmpty();
		assertThatCode(() -> create("PLAIN", jaas)).doesNotThrowAnyException();
	}

	@Test
	void flagsAMissingLoginConfiguration() {
		assertThat(check("PLAIN", null)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isNull();
			assertThat(finding.fixes().get(0).text()).isEqualTo("spring.kafka.properties.sasl.jaas.config: " + PLAIN
					+ " required username=\"${KAFKA_USER}\" password=\"${KAFKA_PASSWORD}\";");
		});
		assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> create("PLAIN", null))
			.withStackTraceContaining("Could not find a 'KafkaClient' entry");
	}

	@Test
	void ignoresALoginConfigurationElsewhere() {
		assertThat(check(application().with((setup) -> setup.jaasEntry = true), Map.of("sasl.mechanism", "PLAIN")))
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "${file:/secrets:jaas}", PLAIN + " required password=\"${KAFKA_PASSWORD}\"" })
	void claimsNothingOfATextThatWillBeReplaced(String jaas) {
		assertThat(check("PLAIN", jaas)).isEmpty();
	}

	@Test
	void readsWhatAPasswordHides() {
		assertThat(check(application(), Map.of("sasl.jaas.config", new Password("x")))).singleElement()
			.satisfies(
					(finding) -> assertThat(finding.toString()).contains("has no control flag").doesNotContain("\"x"));
	}

	@Test
	void claimsNothingOfAnObject() {
		assertThat(check(application(), Map.of("sasl.jaas.config", new Object()))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SSL", "PLAINTEXT", "broken" })
	void ignoresProtocolsWithoutSasl(String protocol) {
		assertThat(check(application(), Map.of("security.protocol", protocol, "sasl.jaas.config", "broken"))).isEmpty();
	}

	@Test
	void heedsTheAllowListOfLoginModules() {
		String jndi = "com.sun.security.auth.module.JndiLoginModule";
		assertThat(check(application().with((setup) -> setup.systemProperties.put(ALLOWED, PLAIN + ", " + jndi)),
				Map.of("sasl.jaas.config", jndi + " required;")))
			.isEmpty();
		assertThat(check(application().with((setup) -> setup.systemProperties.put(ALLOWED, SCRAM)),
				Map.of("sasl.jaas.config", PLAIN + CREDENTIALS + ";")))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains(ALLOWED));
		assertThat(check(
				application()
					.with((setup) -> setup.systemProperties.put("org.apache.kafka.disallowed.login.modules", PLAIN)),
				Map.of("sasl.jaas.config", PLAIN + CREDENTIALS + ";")))
			.hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "SCRAM-SHA-512," + PLAIN + ",PLAIN", "SCRAM-SHA-256," + PLAIN + ",PLAIN",
			"OAUTHBEARER," + PLAIN + ",PLAIN", "OAUTHBEARER," + SCRAM + ",SCRAM-SHA-512",
			"PLAIN," + OAUTH + ",OAUTHBEARER", "GSSAPI," + SCRAM + ",SCRAM-SHA-512" })
	void warnsOfAModuleThatIsMadeForAnotherMechanism(String mechanism, String module, String meant) {
		assertThat(check(mechanism, module + CREDENTIALS + ";")).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.fixes().get(0).text()).isEqualTo("spring.kafka.properties.sasl.mechanism: " + meant);
		});
	}

	@ParameterizedTest
	@CsvSource({ "PLAIN," + PLAIN, "SCRAM-SHA-256," + SCRAM, "SCRAM-SHA-512," + SCRAM, "OAUTHBEARER," + OAUTH,
			"PLAIN," + SCRAM, "GSSAPI,com.sun.security.auth.module.Krb5LoginModule" })
	void ignoresAModuleThatFits(String mechanism, String module) {
		assertThat(check(mechanism, module + CREDENTIALS + ";")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "plain,PLAIN", "SCRAM-SHA512,SCRAM-SHA-512", "scram-sha-256,SCRAM-SHA-256",
			"SCRAM_SHA_512,SCRAM-SHA-512", "OAuthBearer,OAUTHBEARER" })
	void warnsOfAMisspeltMechanism(String mechanism, String meant) {
		assertThat(check(mechanism, SCRAM + CREDENTIALS + ";")).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.fixes().get(0).text()).isEqualTo("spring.kafka.properties.sasl.mechanism: " + meant);
		});
	}

	@Test
	void doesNotJudgeMechanismsAndModulesOfVendors() {
		assertThat(check("AWS_MSK_IAM", PLAIN + CREDENTIALS + ";")).isEmpty();
		assertThat(check("OAUTHBEARER", TestModule.class.getName() + " required;")).isEmpty();
	}

	@Test
	void doesNotJudgeTheMechanismOfALoginClassOrOneThatIsNotSet() {
		assertThat(check(application(), Map.of("sasl.mechanism", "GSSAPI", "sasl.jaas.config",
				PLAIN + CREDENTIALS + ";", "sasl.login.class", "com.example.Login")))
			.isEmpty();
		assertThat(check(application(), Map.of("sasl.jaas.config", PLAIN + CREDENTIALS + ";"))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMendWithoutSecrets() {
		Finding finding = check("PLAIN", PLAIN + CREDENTIALS).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.harm()).endsWith("it does not end with a semicolon.");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("sasl.jaas.config = ****** (application.yml:12:13)");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).endsWith("in spring.kafka.properties.sasl.jaas.config"));
		assertThat(finding.toString() + finding.fixes()).doesNotContain("hunter2");
	}

	private List<Finding> check(String mechanism, @Nullable String jaas) {
		return check(application(), settings(mechanism, jaas));
	}

	private List<Finding> check(TestSetup setup, Map<String, Object> settings) {
		Map<String, Object> values = new HashMap<>(Map.of("security.protocol", "SASL_SSL"));
		values.putAll(settings);
		return this.rule.check(
				setup
					.withListener("orders-listener",
							(listener) -> values.forEach(
									(key, value) -> listener.property(key, "spring.kafka.properties." + key, value)))
					.build());
	}

	private static Map<String, Object> settings(String mechanism, @Nullable String jaas) {
		return (jaas != null) ? Map.of("sasl.mechanism", mechanism, "sasl.jaas.config", jaas)
				: Map.of("sasl.mechanism", mechanism);
	}

	private static void create(String mechanism, @Nullable String jaas) {
		Map<String, Object> config = new HashMap<>(settings(mechanism, jaas));
		config.put("bootstrap.servers", "localhost:1");
		config.put("security.protocol", "SASL_PLAINTEXT");
		new KafkaProducer<>(config, new StringSerializer(), new StringSerializer()).close();
	}

	/** A login module of a vendor. */
	public static final class TestModule {

	}

}
