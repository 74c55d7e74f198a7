package io.github.kafkaguardrails.setup;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTests {

	@Test
	void hidesTheSecretsOfClientsInEverySpelling() {
		List<String> keys = List.of("ssl.key.password", "ssl.keystore.password", "ssl.keystore.key",
				"ssl.keystore.certificate.chain", "ssl.truststore.certificates", "sasl.jaas.config",
				"basic.auth.user.info", "sasl.oauthbearer.client.credentials.client.secret", "bearer.auth.token",
				"spring.kafka.ssl.key-store-key", "spring.kafka.ssl.keyStoreKey",
				"spring.kafka.ssl.key-store-certificate-chain", "spring.kafka.ssl.trust-store-certificates",
				"SPRING_KAFKA_SSL_KEYSTOREKEY", "SPRING_KAFKA_SSL_TRUST_STORE_CERTIFICATES",
				"SPRING_KAFKA_PROPERTIES_BASIC_AUTH_USER_INFO", "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG");
		assertThat(keys).allSatisfy((key) -> assertThat(Secrets.mask(key, "x")).isEqualTo(Secrets.MASK));
	}

	@Test
	void hidesValuesThatLookLikeSecrets() {
		List<String> values = List.of("http://me:secret@host", "-----BEGIN PRIVATE KEY-----",
				"x.PlainLoginModule required", "a=b;password=c");
		assertThat(values).allSatisfy((value) -> assertThat(Secrets.mask("url", value)).isEqualTo(Secrets.MASK));
	}

	@Test
	void showsWhatIsNoSecret() {
		List<String> keys = List.of("ssl.keystore.location", "ssl.keystore.type", "key.serializer", "client.id",
				"partitioner.ignore.keys", "sasl.mechanism", "spring.kafka.ssl.key-store-location");
		assertThat(keys).allSatisfy((key) -> assertThat(Secrets.mask(key, "x")).isEqualTo("x"));
		assertThat(Secrets.mask("client.id", null)).isEqualTo("null");
	}

}
