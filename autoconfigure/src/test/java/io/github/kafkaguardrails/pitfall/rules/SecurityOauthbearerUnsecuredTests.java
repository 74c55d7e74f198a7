package io.github.kafkaguardrails.pitfall.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SecurityOauthbearerUnsecured}. */
class SecurityOauthbearerUnsecuredTests {

	private static final String URL = "sasl.oauthbearer.token.endpoint.url";

	private final SecurityOauthbearerUnsecured rule = new SecurityOauthbearerUnsecured();

	@Test
	void flagsAMissingHandler() {
		assertThat(check(Map.of())).hasSize(1);
	}

	@Test
	void flagsAnEndpointThatNobodyAsks() {
		assertThat(check(Map.of(URL, "https://idp.example.com/token"))).singleElement().satisfies((finding) -> {
			assertThat(finding.harm()).contains("nobody asks the token endpoint");
			assertThat(finding.evidence()).hasSize(2);
			assertThat(finding.fixes()).hasSize(1);
		});
	}

	@ParameterizedTest
	@CsvSource({ "sasl.login.callback.handler.class,com.example.Handler", "sasl.login.class,com.example.Login",
			"sasl.mechanism,PLAIN", "security.protocol,PLAINTEXT" })
	void ignoresHandlersOfOthersAndOtherMechanisms(String key, String value) {
		assertThat(check(Map.of(key, value))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(Map.of()).get(0);
		assertThat(finding.subject()).hasToString("admin 'admin'");
		assertThat(finding.harm()).contains("not signed");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("sasl.mechanism = OAUTHBEARER (application.yml:12:13)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly(
					"spring.kafka.properties.sasl.login.callback.handler.class: "
							+ "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
					"spring.kafka.properties." + URL + ": https://idp.example.com/token");
	}

	private List<Finding> check(Map<String, String> changes) {
		Map<String, String> values = new HashMap<>(
				Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "OAUTHBEARER"));
		values.putAll(changes);
		return this.rule.check(application()
			.withAdmin("admin",
					(admin) -> values
						.forEach((key, value) -> admin.property(key, "spring.kafka.properties." + key, value)))
			.build());
	}

}
