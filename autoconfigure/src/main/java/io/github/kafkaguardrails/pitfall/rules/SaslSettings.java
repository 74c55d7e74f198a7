package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.config.types.Password;

import io.github.kafkaguardrails.setup.ClientConfig;

/**
 * How a client authenticates.
 *
 * @param config configuration of the client
 */
record SaslSettings(ClientConfig config) {

	static final String MECHANISM = "sasl.mechanism";

	static final String JAAS = "sasl.jaas.config";

	static final String LOGIN_HANDLER = "sasl.login.callback.handler.class";

	static final String TOKEN_URL = "sasl.oauthbearer.token.endpoint.url";

	static final String JWKS_URL = "sasl.oauthbearer.jwks.endpoint.url";

	private static final String KAFKA = "org.apache.kafka.common.security.oauthbearer.";

	private static final List<String> RETRIEVERS = List.of("", KAFKA + "DefaultJwtRetriever",
			KAFKA + "ClientCredentialsJwtRetriever", KAFKA + "JwtBearerJwtRetriever", KAFKA + "FileJwtRetriever");

	/** Whether the client uses SASL at all. */
	boolean used() {
		return SecurityProtocol.of(this.config).sasl();
	}

	/** The mechanism; Kafka's own default is Kerberos. */
	String mechanism() {
		String mechanism = this.config.string(MECHANISM);
		return mechanism.isEmpty() ? "GSSAPI" : mechanism;
	}

	boolean oauthbearer() {
		return used() && mechanism().equals("OAUTHBEARER");
	}

	/** What the login configuration says; empty when nobody can read it yet. */
	Optional<JaasText> jaas() {
		Object value = this.config.get(JAAS).value();
		boolean readable = value instanceof String || value instanceof Password;
		return Optional.of(this.config.string(JAAS))
			.filter((text) -> readable && !text.contains("${"))
			.map(JaasText::parse);
	}

	/** Whether a login class of the application decides what happens. */
	boolean customLogin() {
		return this.config.given("sasl.login.class").isPresent();
	}

	/** Whether Kafka's handler for tokens of an identity provider is in use. */
	boolean kafkasTokenHandler() {
		return this.config.string(LOGIN_HANDLER).equals(KAFKA + "OAuthBearerLoginCallbackHandler");
	}

	/** Whether Kafka's handler for unsigned development tokens is in use. */
	boolean unsecuredTokenHandler() {
		return !customLogin() && this.config.string(LOGIN_HANDLER).isEmpty();
	}

	/** Whether one of Kafka's own classes fetches the token. */
	boolean kafkasRetriever() {
		return RETRIEVERS.contains(this.config.string("sasl.oauthbearer.jwt.retriever.class"));
	}

	/**
	 * Whether Kafka's own class, which needs a library even for clients, looks at the
	 * token.
	 */
	boolean kafkasValidator() {
		return List.of("", KAFKA + "DefaultJwtValidator", KAFKA + "BrokerJwtValidator")
			.contains(this.config.string("sasl.oauthbearer.jwt.validator.class"));
	}

}
