package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SecurityLiteralCredentials}. */
class SecurityLiteralCredentialsTests {

	private static final String JAAS = "spring.kafka.properties.sasl.jaas.config";

	private final SecurityLiteralCredentials rule = new SecurityLiteralCredentials();

	@ParameterizedTest
	@ValueSource(strings = { "spring.kafka.ssl.key-store-password", "spring.kafka.consumer.ssl.keyPassword",
			"spring.kafka.producer.properties.ssl.truststore.password", "spring.kafka.properties[ssl.key.password]",
			"spring.kafka.ssl.key-store-key", "spring.kafka.jaas.options.password",
			"spring.kafka.jaas.options.clientSecret",
			"spring.kafka.properties.sasl.oauthbearer.client.credentials.client.secret",
			"spring.kafka.properties.basic.auth.user.info",
			"spring.kafka.properties.schema.registry.basic.auth.user.info" })
	void flagsASecretInAFile(String property) {
		assertThat(check(application().withProperty(property, "hunter2"))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.kafka.ssl.key-store-location", "spring.kafka.client-id",
			"spring.kafka.ssl.key-store-type", "spring.kafka.jaas.options.username", "kafka.guardrails.enabled",
			"spring.kafka.properties.sasl.mechanism" })
	void ignoresWhatIsNoSecret(String property) {
		assertThat(check(application().withProperty(property, "hunter2"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "M required username=\"u\" password=\"hunter2\";", "M required password='hunter2';",
			"M required password=hunter2;", "M required clientId=\"${ID}\" clientSecret=\"hunter2\";" })
	void flagsTheSecretPartOfAJaasLine(String jaas) {
		assertThat(check(application().withProperty(JAAS, jaas))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "M required username=\"u\" password=\"${KAFKA_PASSWORD}\";", "${KAFKA_JAAS}",
			"com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true storePassword=false;",
			"M required username=\"u\" password=\"\";", "M required password=\"{cipher}AQB\";",
			"M required username=\"u\" password=ENC(AQB);" })
	void ignoresAJaasLineWithoutALiteralSecret(String jaas) {
		assertThat(check(application().withProperty(JAAS, jaas))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "${KEY_PASSWORD}", "${KEY_PASSWORD:changeit}", "{cipher}AQB", "ENC(AQB)", "", "  " })
	void ignoresAnIndirectPassword(String raw) {
		assertThat(check(application().withProperty("spring.kafka.ssl.key-password", raw))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "environment variable SPRING_KAFKA_SSL_KEYPASSWORD",
			"command line argument --spring.kafka.ssl.key-password", "/etc/config/application.yml:3:4",
			"C:\\config\\application.yml:3:4", "./config/application.yml:3:4",
			"/run/secrets/spring.kafka.ssl.key-password:1:1", "vault:secret/orders" })
	void ignoresWhatIsSuppliedAtRunTime(String location) {
		assertThat(check(application().withProperty(secret(location)))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "application-prod.properties:3:4", "config/application.yml:3:4" })
	void flagsEveryPackagedFile(String location) {
		assertThat(check(application().withProperty(secret(location)))).hasSize(1);
	}

	@Test
	void ignoresDevelopment() {
		assertThat(check(application().withProperty("spring.kafka.ssl.key-password", "changeit")
			.with((setup) -> setup.development = true))).isEmpty();
	}

	@Test
	void saysWhereAndHowToMendButNeverTheSecret() {
		Finding finding = check(application().withProperty(JAAS, "M required password=\"hunter2\";")).get(0);
		assertThat(finding.evidence()).singleElement().hasToString(JAAS + " = ****** (application.yml:12:13)");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).contains("${KAFKA_PASSWORD}"));
		assertThat(finding.toString()).doesNotContain("hunter2");
		assertThat(finding.evidence().get(0).raw()).isNull();
		assertThat(finding.evidence().get(0).value()).isEqualTo("******");
	}

	private List<Finding> check(TestSetup setup) {
		return this.rule.check(setup.build());
	}

	private static ConfigValue secret(String location) {
		String property = "spring.kafka.ssl.key-password";
		return new ConfigValue(property, "hunter2", "hunter2", ValueOrigin.property(property, location));
	}

}
