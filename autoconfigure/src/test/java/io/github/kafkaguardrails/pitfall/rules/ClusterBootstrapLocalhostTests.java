package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.TestSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ClusterBootstrapLocalhost}. */
class ClusterBootstrapLocalhostTests {

	private static final String PROPERTY = "spring.kafka.bootstrap-servers";

	private final ClusterBootstrapLocalhost rule = new ClusterBootstrapLocalhost();

	@Test
	void flagsBootsDefaultInProduction() {
		assertThat(check(production().withProducer("producer", (producer) -> {
		}))).hasSize(1);
	}

	@Test
	void ignoresBootsDefaultElsewhere() {
		assertThat(check(application().withProducer("producer", (producer) -> {
		}))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:9092", "127.0.0.1:9092,127.0.0.1:9093", "[::1]:9092",
			"PLAINTEXT://localhost:29092" })
	void flagsLoopbackAddressesOfAFile(String servers) {
		assertThat(check(production().withProducer("producer",
				(producer) -> producer.property("bootstrap.servers", PROPERTY, servers))))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("developer's machine"));
	}

	@Test
	void flagsLoopbackAddressesOfCode() {
		assertThat(check(
				production().withAdmin("admin", (admin) -> admin.code("bootstrap.servers", List.of("localhost:9092")))))
			.hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:9092,broker:9092", "broker:9092", "127.example.com:9092", "${BROKERS}", "" })
	void ignoresOtherAddresses(String servers) {
		assertThat(check(production().withProducer("producer",
				(producer) -> producer.property("bootstrap.servers", PROPERTY, servers))))
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "environment variable SPRING_KAFKA_BOOTSTRAP_SERVERS",
			"command line argument --spring.kafka.bootstrap-servers", "application-prod.yml:3:9" })
	void ignoresASidecarThatTheDeploymentSets(String location) {
		assertThat(check(production().withProducer("producer", (producer) -> producer
			.value(ConfigValue.of("bootstrap.servers", "localhost:9092", ValueOrigin.property(PROPERTY, location))))))
			.isEmpty();
	}

	@Test
	void ignoresAnotherAddressThatNobodySet() {
		assertThat(check(production().withProducer("producer",
				(producer) -> producer.framework("bootstrap.servers", "localhost:32789"))))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(production().withListener("orders", (listener) -> {
		})).get(0);
		assertThat(finding.subject()).hasToString("listener 'orders'");
		assertThat(finding.evidence()).singleElement()
			.hasToString("bootstrap.servers = localhost:9092 (Spring default)");
		assertThat(finding.harm()).contains("misspelt").contains("retry for ever");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).startsWith("spring.kafka.bootstrap-servers: broker-1"));
	}

	private List<Finding> check(TestSetup setup) {
		return this.rule.check(setup.build());
	}

	private static TestSetup production() {
		return application().with((setup) -> {
			setup.production = true;
			setup.profiles.add("prod");
		});
	}

}
