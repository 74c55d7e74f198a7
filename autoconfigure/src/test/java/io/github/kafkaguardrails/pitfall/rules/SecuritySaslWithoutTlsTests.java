package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SecuritySaslWithoutTls}. */
class SecuritySaslWithoutTlsTests {

	private static final String REMOTE = "broker.example.com:9092";

	private final SecuritySaslWithoutTls rule = new SecuritySaslWithoutTls();

	@ParameterizedTest
	@ValueSource(strings = { "PLAIN", "OAUTHBEARER" })
	void flagsCredentialsInClearText(String mechanism) {
		assertThat(check("SASL_PLAINTEXT", mechanism, REMOTE)).singleElement()
			.satisfies((finding) -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
	}

	@ParameterizedTest
	@ValueSource(strings = { "SCRAM-SHA-512", "GSSAPI", "AWS_MSK_IAM" })
	void informsOfOtherMechanisms(String mechanism) {
		assertThat(check("SASL_PLAINTEXT", mechanism, REMOTE)).singleElement()
			.satisfies((finding) -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
	}

	@Test
	void takesAMissingMechanismForKerberos() {
		assertThat(check("sasl_plaintext", null, REMOTE)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.INFO);
			assertThat(finding.evidence().get(1)).hasToString("sasl.mechanism = GSSAPI (Kafka client default)");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "SASL_SSL", "SSL", "PLAINTEXT" })
	void ignoresOtherProtocols(String protocol) {
		assertThat(check(protocol, "PLAIN", REMOTE)).isEmpty();
	}

	@Test
	void ignoresThisMachine() {
		assertThat(check("SASL_PLAINTEXT", "PLAIN", "localhost:9092")).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check("SASL_PLAINTEXT", "PLAIN", REMOTE).get(0);
		assertThat(finding.subject()).hasToString("admin 'kafkaAdmin'");
		assertThat(finding.harm()).contains("the password is sent as it is");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("security.protocol = SASL_PLAINTEXT (application.yml:12:13)",
					"sasl.mechanism = PLAIN (application.yml:12:13)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("spring.kafka.security.protocol: SASL_SSL");
		assertThat(check("SASL_PLAINTEXT", "OAUTHBEARER", REMOTE).get(0).harm()).contains("the token is sent as it is");
	}

	private List<Finding> check(String protocol, @Nullable String mechanism, String servers) {
		return this.rule.check(application().withAdmin("kafkaAdmin", (admin) -> {
			admin.property("security.protocol", "spring.kafka.security.protocol", protocol);
			admin.property("bootstrap.servers", "spring.kafka.bootstrap-servers", servers);
			if (mechanism != null) {
				admin.property("sasl.mechanism", "spring.kafka.properties.sasl.mechanism", mechanism);
			}
		}).build());
	}

}
