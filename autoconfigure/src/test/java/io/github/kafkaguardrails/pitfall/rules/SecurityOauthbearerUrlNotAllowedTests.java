package io.github.kafkaguardrails.pitfall.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link SecurityOauthbearerUrlNotAllowed}. */
class SecurityOauthbearerUrlNotAllowedTests {

	private static final String URL = "https://idp.example.com/token";

	private static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

	private static final String HANDLER = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler";

	private static final Map<String, String> SETTINGS = Map.of("security.protocol", "SASL_SSL", "sasl.mechanism",
			"OAUTHBEARER", "sasl.login.callback.handler.class", HANDLER, "sasl.oauthbearer.token.endpoint.url", URL,
			"sasl.jaas.config",
			"org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"a\" clientSecret=\"b\";");

	private final SecurityOauthbearerUrlNotAllowed rule = new SecurityOauthbearerUrlNotAllowed();

	@Test
	void flagsAUrlThatIsNotOnTheList() {
		assertThat(check("", Map.of())).hasSize(1);
		assertThat(check("https://other,https://idp.example.com", Map.of())).hasSize(1);
	}

	@Test
	void whatIsFlaggedCannotBeCreated() {
		Map<String, Object> config = new HashMap<>(SETTINGS);
		config.put("bootstrap.servers", "localhost:1");
		assertThatExceptionOfType(KafkaException.class)
			.isThrownBy(() -> new KafkaProducer<>(config, new StringSerializer(), new StringSerializer()))
			.withStackTraceContaining("URL cannot be accessed due to restrictions");
	}

	@Test
	void ignoresAUrlOnTheList() {
		assertThat(check("https://other, " + URL, Map.of())).isEmpty();
	}

	@Test
	void flagsTheUrlOfKeysToo() {
		assertThat(check(URL, Map.of("sasl.oauthbearer.jwks.endpoint.url", "https://idp.example.com/keys")))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.evidence().get(0).key())
				.isEqualTo("sasl.oauthbearer.jwks.endpoint.url"));
	}

	@ParameterizedTest
	@CsvSource({ "sasl.login.callback.handler.class,com.example.Handler", "sasl.login.callback.handler.class,''",
			"sasl.login.class,com.example.Login", "sasl.oauthbearer.jwt.retriever.class,com.example.Retriever",
			"sasl.mechanism,PLAIN", "security.protocol,SSL", "sasl.oauthbearer.token.endpoint.url,''",
			"sasl.oauthbearer.token.endpoint.url,${idp}" })
	void ignoresWhatDoesNotLookAtTheList(String key, String value) {
		assertThat(check("", Map.of(key, value))).isEmpty();
	}

	@Test
	void ignoresKeysThatAValidatorOfTheApplicationReads() {
		assertThat(check(URL, Map.of("sasl.oauthbearer.jwks.endpoint.url", "https://idp.example.com/keys",
				"sasl.oauthbearer.jwt.validator.class", "com.example.Validator")))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check("https://other", Map.of()).get(0);
		assertThat(finding.subject()).hasToString("admin 'admin'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("sasl.oauthbearer.token.endpoint.url = " + URL + " (application.yml:12:13)");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).startsWith(
					"start the virtual machine with -D" + ALLOWED + "=https://other,https://idp.example.com/token"));
	}

	@Test
	void hidesCredentialsInTheUrl() {
		Finding finding = check("", Map.of("sasl.oauthbearer.token.endpoint.url", "https://user:hunter2@idp/token"))
			.get(0);
		assertThat(finding.evidence() + "" + finding.fixes() + finding.harm()).doesNotContain("hunter2");
	}

	private List<Finding> check(String allowed, Map<String, String> changes) {
		Map<String, String> values = new HashMap<>(SETTINGS);
		values.putAll(changes);
		TestSetup setup = application().withAdmin("admin", (admin) -> values
			.forEach((key, value) -> admin.property(key, "spring.kafka.properties." + key, value)));
		if (!allowed.isEmpty()) {
			setup.systemProperties.put(ALLOWED, allowed);
		}
		return this.rule.check(setup.build());
	}

}
