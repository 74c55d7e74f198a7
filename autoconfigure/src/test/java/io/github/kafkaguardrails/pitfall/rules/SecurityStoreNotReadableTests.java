package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link SecurityStoreNotReadable}. */
class SecurityStoreNotReadableTests {

	private static final String TRUST = "ssl.truststore.location";

	private static final String FILE = "/no/such/trust.jks";

	private final SecurityStoreNotReadable rule = new SecurityStoreNotReadable();

	@ParameterizedTest
	@ValueSource(strings = { TRUST, "ssl.keystore.location" })
	void flagsAFileThatCannotBeRead(String key) {
		assertThat(check("SSL", key, FILE)).hasSize(1);
		assertThat(check("SASL_SSL", key, FILE)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { FILE, "classpath:trust.jks" })
	void whatIsFlaggedCannotBeCreated(String file) {
		assertThatExceptionOfType(KafkaException.class)
			.isThrownBy(() -> new KafkaProducer<>(
					Map.of("bootstrap.servers", "localhost:1", "security.protocol", "SSL", TRUST, file),
					new StringSerializer(), new StringSerializer()))
			.withStackTraceContaining("NoSuchFileException");
	}

	@Test
	void ignoresAFileThatCanBeRead() {
		assertThat(this.rule.check(setup("SSL", TRUST, FILE).build())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PLAINTEXT", "SASL_PLAINTEXT" })
	void ignoresProtocolsWithoutTls(String protocol) {
		assertThat(check(protocol, TRUST, FILE)).isEmpty();
	}

	@Test
	void ignoresATextThatWillBeReplaced() {
		assertThat(check("SSL", TRUST, "${file:/secrets:store}")).isEmpty();
	}

	@Test
	void ignoresStoresThatAnEngineOrABundleDoesNotRead() {
		assertThat(this.rule.check(application().with((setup) -> setup.unreadableFiles.add(FILE))
			.withAdmin("admin",
					(admin) -> admin.code("security.protocol", "SSL")
						.code(TRUST, FILE)
						.code("ssl.engine.factory.class", "com.example.Engine"))
			.build())).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check("SSL", TRUST, FILE).get(0);
		assertThat(finding.subject()).hasToString("admin 'admin'");
		assertThat(finding.harm()).startsWith("There is no such file, or it may not be read");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("security.protocol = SSL (application.yml:12:13)",
					TRUST + " = " + FILE + " (application.yml:12:13)");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.startsWith("spring.kafka.properties." + TRUST, "spring.kafka.ssl.bundle: kafka");
		assertThat(check("SSL", TRUST, "classpath:trust.jks").get(0).harm())
			.startsWith("Kafka takes 'classpath:' for a part of the file's name");
	}

	private List<Finding> check(String protocol, String key, String file) {
		return this.rule.check(setup(protocol, key, file).with((setup) -> setup.unreadableFiles.add(file)).build());
	}

	private static TestSetup setup(String protocol, String key, String file) {
		return application().withAdmin("admin", (admin) -> {
			admin.property("security.protocol", "spring.kafka.security.protocol", protocol);
			admin.property(key, "spring.kafka.properties." + key, file);
		});
	}

}
