package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SecuritySettingsIgnored}. */
class SecuritySettingsIgnoredTests {

	private final SecuritySettingsIgnored rule = new SecuritySettingsIgnored();

	@ParameterizedTest
	@ValueSource(strings = { "ssl.truststore.location", "ssl.keystore.password", "ssl.key.password", "ssl.protocol",
			"ssl.engine.factory.class", "sasl.jaas.config", "sasl.mechanism" })
	void flagsSettingsOfAProtocolThatIsNotUsed(String key) {
		assertThat(check(producer((producer) -> producer.property(key, "spring.kafka.properties." + key, "x"))))
			.hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "SSL,ssl.truststore.location", "SASL_SSL,sasl.mechanism", "SASL_PLAINTEXT,sasl.jaas.config",
			"ssl,ssl.keystore.location", "BROKEN,ssl.keystore.location",
			"PLAINTEXT,ssl.endpoint.identification.algorithm", "PLAINTEXT,sasl.login.refresh.window.factor" })
	void ignoresSettingsThatAreUsedOrHarmless(String protocol, String key) {
		assertThat(check(producer(
				(producer) -> producer.property("security.protocol", "spring.kafka.security.protocol", protocol)
					.property(key, "spring.kafka.properties." + key, "x"))))
			.isEmpty();
	}

	@Test
	void flagsTlsUnderSaslWithoutTls() {
		Finding finding = check(producer(
				(producer) -> producer.property("security.protocol", "spring.kafka.security.protocol", "SASL_PLAINTEXT")
					.property("ssl.truststore.location", "spring.kafka.ssl.trust-store-location", "/trust.jks")))
			.get(0);
		assertThat(finding.harm()).endsWith("the connection is not encrypted.");
		assertThat(finding.fixes().get(0).text()).isEqualTo("spring.kafka.security.protocol: SASL_SSL");
	}

	@Test
	void ignoresValuesThatNobodyChoseAndEmptyOnes() {
		assertThat(check(producer((producer) -> producer.framework("sasl.mechanism", "PLAIN")
			.property("sasl.jaas.config", "spring.kafka.properties.sasl.jaas.config", "")))).isEmpty();
	}

	@Test
	void ignoresSharedSettingsInDevelopment() {
		assertThat(check(producer((producer) -> producer.property("sasl.mechanism", "x", "PLAIN"))
			.with((setup) -> setup.development = true))).isEmpty();
	}

	@Test
	void flagsALoginModuleThatNobodyAsks() {
		assertThat(check(producer((producer) -> {
		}).withProperty("spring.kafka.jaas.enabled", "true"))).singleElement()
			.satisfies((finding) -> assertThat(finding.subject()).hasToString("application"));
	}

	@Test
	void ignoresALoginModuleThatOneClientAsks() {
		assertThat(check(producer((producer) -> {
		}).withAdmin("admin", (admin) -> admin.code("security.protocol", "SASL_PLAINTEXT"))
			.withProperty("spring.kafka.jaas.enabled", "true"))).isEmpty();
		assertThat(check(producer((producer) -> {
		}).withProperty("spring.kafka.jaas.enabled", "false"))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMendWithoutSecrets() {
		Finding finding = check(producer((producer) -> producer
			.property("ssl.truststore.location", "spring.kafka.ssl.trust-store-location", "/trust.jks")
			.property("ssl.truststore.password", "spring.kafka.ssl.trust-store-password", "hunter2"))).get(0);
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("security.protocol = PLAINTEXT (Kafka client default)",
					"ssl.truststore.location = /trust.jks (application.yml:12:13)",
					"ssl.truststore.password = ****** (application.yml:12:13)");
		assertThat(finding.harm()).endsWith("the connection is not protected.");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).isEqualTo("spring.kafka.security.protocol: SSL"));
	}

	private List<Finding> check(TestSetup setup) {
		return this.rule.check(setup.build());
	}

	private static TestSetup producer(Consumer<TestSetup.ProducerBuilder> customizer) {
		return application().withProducer("producer", customizer);
	}

}
