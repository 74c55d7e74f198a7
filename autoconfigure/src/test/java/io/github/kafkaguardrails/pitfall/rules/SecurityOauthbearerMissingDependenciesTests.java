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

/** Tests for {@link SecurityOauthbearerMissingDependencies}. */
class SecurityOauthbearerMissingDependenciesTests {

	private static final String JOSE4J = "org.jose4j.keys.resolvers.VerificationKeyResolver";

	private static final String JACKSON2 = "com.fasterxml.jackson.databind.ObjectMapper";

	private static final String HANDLER = "sasl.login.callback.handler.class";

	private static final String MODULE = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required";

	private final SecurityOauthbearerMissingDependencies rule = new SecurityOauthbearerMissingDependencies();

	@Test
	void flagsEachMissingLibrary() {
		assertThat(check(List.of(JOSE4J), Map.of())).hasSize(1);
		assertThat(check(List.of(JACKSON2), Map.of())).hasSize(1);
		assertThat(check(List.of(JOSE4J, JACKSON2), Map.of())).hasSize(2);
	}

	@Test
	void ignoresLibrariesThatAreThere() {
		assertThat(check(List.of(), Map.of())).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ HANDLER + ",com.example.Handler", "sasl.mechanism,SCRAM-SHA-512", "security.protocol,SSL",
			"sasl.login.class,com.example.Login" })
	void ignoresWhatIsNotKafkasSupport(String key, String value) {
		assertThat(check(List.of(JOSE4J, JACKSON2), Map.of(key, value))).isEmpty();
	}

	@Test
	void aRetrieverAndAValidatorOfTheApplicationNeedNothing() {
		Map<String, String> validator = Map.of("sasl.oauthbearer.jwt.validator.class", "com.example.Validator");
		assertThat(check(List.of(JOSE4J, JACKSON2), validator)).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains(JACKSON2));
		Map<String, String> both = new HashMap<>(validator);
		both.put("sasl.oauthbearer.jwt.retriever.class", "com.example.Retriever");
		assertThat(check(List.of(JOSE4J, JACKSON2), both)).isEmpty();
	}

	@Test
	void developmentTokensNeedJackson2Only() {
		assertThat(check(List.of(JOSE4J, JACKSON2),
				Map.of(HANDLER, "", "sasl.jaas.config", MODULE + " unsecuredLoginStringClaim_sub=\"u\";")))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains(JACKSON2));
		assertThat(check(List.of(JOSE4J, JACKSON2), Map.of(HANDLER, "", "sasl.jaas.config", MODULE + ";"))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(List.of(JOSE4J), Map.of()).get(0);
		assertThat(finding.subject()).hasToString("admin 'admin'");
		assertThat(finding.severity()).isNull();
		assertThat(finding.harm()).contains("NoClassDefFoundError").endsWith(JOSE4J + ".");
		assertThat(finding.evidence()).extracting(Object::toString)
			.startsWith("sasl.mechanism = OAUTHBEARER (application.yml:12:13)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("add org.bitbucket.b_c:jose4j to the build");
	}

	private List<Finding> check(List<String> missing, Map<String, String> changes) {
		Map<String, String> values = new HashMap<>(
				Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "OAUTHBEARER", HANDLER,
						"org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler"));
		values.putAll(changes);
		return this.rule.check(application().with((setup) -> setup.missingClasses.addAll(missing))
			.withAdmin("admin",
					(admin) -> values
						.forEach((key, value) -> admin.property(key, "spring.kafka.properties." + key, value)))
			.build());
	}

}
