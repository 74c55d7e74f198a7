package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TestSetup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link SecuritySaslMechanismMissing}. */
class SecuritySaslMechanismMissingTests {

	private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\" password=\"hunter2\";";

	private static final String KERBEROS = "com.sun.security.auth.module.Krb5LoginModule required useTicketCache=true;";

	private final SecuritySaslMechanismMissing rule = new SecuritySaslMechanismMissing();

	@Test
	void flagsAPasswordLoginWithoutMechanism() {
		assertThat(check(Map.of("sasl.jaas.config", SCRAM))).hasSize(1);
	}

	@Test
	void whatIsFlaggedCannotBeCreated() {
		assertThatExceptionOfType(KafkaException.class)
			.isThrownBy(() -> new KafkaProducer<>(Map.of("bootstrap.servers", "localhost:9092", "security.protocol",
					"SASL_SSL", "sasl.jaas.config", SCRAM), new StringSerializer(), new StringSerializer()))
			.withStackTraceContaining("No serviceName defined in either JAAS or Kafka config");
	}

	@ParameterizedTest
	@CsvSource({ "sasl.mechanism,SCRAM-SHA-256", "sasl.kerberos.service.name,kafka",
			"sasl.login.class,com.example.Login" })
	void ignoresWhatMayWork(String key, String value) {
		assertThat(check(Map.of("sasl.jaas.config", SCRAM, key, value))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SSL", "PLAINTEXT", "broken" })
	void ignoresProtocolsWithoutSasl(String protocol) {
		assertThat(check(Map.of("sasl.jaas.config", SCRAM, "security.protocol", protocol))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "${file:/secrets:jaas}",
			"com.sun.security.auth.module.Krb5LoginModule required serviceName=\"kafka\";" })
	void ignoresAServiceNameThatMayBeThere(String jaas) {
		assertThat(check(Map.of("sasl.jaas.config", jaas))).isEmpty();
	}

	@Test
	void ignoresAServiceNameThatAPasswordHides() {
		Password jaas = new Password("com.sun.security.auth.module.Krb5LoginModule required serviceName=\"kafka\";");
		assertThat(check(Map.of("sasl.jaas.config", jaas))).isEmpty();
		assertThat(check(Map.of("sasl.jaas.config", new Password(SCRAM)))).hasSize(1);
	}

	@Test
	void ignoresAMissingJaasConfig() {
		assertThat(check(Map.of())).isEmpty();
	}

	@Test
	void kerberosWithoutServiceNameGetsAServiceName() {
		assertThat(check(Map.of("sasl.jaas.config", KERBEROS)).get(0).fixes().get(0).text())
			.isEqualTo("spring.kafka.properties.sasl.kerberos.service.name: kafka");
	}

	@ParameterizedTest
	@CsvSource({ "org.apache.kafka.common.security.plain.PlainLoginModule,PLAIN",
			"org.apache.kafka.common.security.scram.ScramLoginModule,SCRAM-SHA-512",
			"org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule,OAUTHBEARER",
			"software.amazon.msk.auth.iam.IAMLoginModule,AWS_MSK_IAM" })
	void suggestsTheMechanismOfTheLoginModule(String module, String mechanism) {
		assertThat(check(Map.of("sasl.jaas.config", module + " required;")).get(0).fixes().get(0).text())
			.isEqualTo("spring.kafka.properties.sasl.mechanism: " + mechanism);
	}

	@Test
	void saysWhatWhereAndHowToMendWithoutSecrets() {
		Finding finding = check(Map.of("sasl.jaas.config", SCRAM)).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders-listener'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("security.protocol = SASL_SSL (application.yml:12:13)",
					"sasl.mechanism = GSSAPI (Kafka client default)",
					"sasl.jaas.config = ****** (application.yml:12:13)");
		assertThat(finding.harm()).contains("No serviceName defined");
		assertThat(finding.severity()).isNull();
	}

	private List<Finding> check(Map<String, ?> config) {
		Map<String, Object> values = new TreeMap<>(Map.of("security.protocol", "SASL_SSL"));
		values.putAll(config);
		KafkaSetup setup = TestSetup.listener((listener) -> values
			.forEach((key, value) -> listener.property(key, "spring.kafka.properties." + key, value)));
		return this.rule.check(setup);
	}

}
