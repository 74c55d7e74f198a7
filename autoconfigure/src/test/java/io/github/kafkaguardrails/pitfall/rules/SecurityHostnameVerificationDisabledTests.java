package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SecurityHostnameVerificationDisabled}. */
class SecurityHostnameVerificationDisabledTests {

	private static final String KEY = "ssl.endpoint.identification.algorithm";

	private static final String PROPERTY = "spring.kafka.properties." + KEY;

	private final SecurityHostnameVerificationDisabled rule = new SecurityHostnameVerificationDisabled();

	@ParameterizedTest
	@ValueSource(strings = { "SSL", "SASL_SSL", "ssl" })
	void flagsABlankAlgorithm(String protocol) {
		assertThat(check(application(), protocol, "")).hasSize(1);
		assertThat(check(application(), protocol, " ")).hasSize(1);
	}

	@Test
	void ignoresAnAlgorithm() {
		assertThat(check(application(), "SSL", "https")).isEmpty();
	}

	@Test
	void ignoresTheDefault() {
		assertThat(this.rule
			.check(application().withAdmin("admin", (admin) -> admin.code("security.protocol", "SSL")).build()))
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PLAINTEXT", "SASL_PLAINTEXT" })
	void ignoresProtocolsWithoutTls(String protocol) {
		assertThat(check(application(), protocol, "")).isEmpty();
	}

	@Test
	void ignoresDevelopment() {
		assertThat(check(application().with((setup) -> setup.development = true), "SSL", "")).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(application(), "SSL", "").get(0);
		assertThat(finding.subject()).hasToString("admin 'admin'");
		assertThat(finding.harm()).contains("impersonate the brokers");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly(KEY + " =  (application.yml:12:13)");
		assertThat(finding.fixes().get(0).text()).isEqualTo(PROPERTY);
	}

	private List<Finding> check(TestSetup setup, String protocol, String algorithm) {
		return this.rule.check(setup
			.withAdmin("admin", (admin) -> admin.code("security.protocol", protocol).property(KEY, PROPERTY, algorithm))
			.build());
	}

}
