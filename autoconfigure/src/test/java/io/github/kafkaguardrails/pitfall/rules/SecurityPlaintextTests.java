package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SecurityPlaintext}. */
class SecurityPlaintextTests {

	private final SecurityPlaintext rule = new SecurityPlaintext();

	@Test
	void flagsTheDefaultProtocolToAnotherMachine() {
		assertThat(check(servers("localhost:9092,broker.example.com:9092"))).hasSize(1);
	}

	@Test
	void flagsThePlainProtocolInAnyCase() {
		assertThat(check(protocol("plaintext"))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SSL", "SASL_SSL", "SASL_PLAINTEXT", "${file:/secrets:protocol}" })
	void ignoresOtherProtocols(String protocol) {
		assertThat(check(protocol(protocol))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:9092", "host.docker.internal:9092", "${BROKERS}:9092", "" })
	void ignoresTheSameMachine(String servers) {
		assertThat(check(servers(servers))).isEmpty();
	}

	@Test
	void ignoresDevelopment() {
		assertThat(check(servers("broker:9092").with((setup) -> setup.development = true))).isEmpty();
	}

	@Test
	void ignoresAFactoryThatMayStillChangeTheProtocol() {
		assertThat(check(application().withProducer("producer", (producer) -> {
			producer.customized = true;
			producer.code("bootstrap.servers", "broker:9092");
		}))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(servers("broker:9092")).get(0);
		assertThat(finding.subject()).hasToString("producer 'producer'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("security.protocol = PLAINTEXT (Kafka client default)",
					"bootstrap.servers = broker:9092 (application.yml:12:13)");
		assertThat(finding.harm()).contains("read and write every topic");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).isEqualTo("spring.kafka.security.protocol: SASL_SSL"));
	}

	private List<Finding> check(TestSetup setup) {
		return this.rule.check(setup.build());
	}

	private static TestSetup servers(String servers) {
		return application().withProducer("producer",
				(producer) -> producer.property("bootstrap.servers", "spring.kafka.bootstrap-servers", servers));
	}

	private static TestSetup protocol(String protocol) {
		return application().withListener("orders",
				(listener) -> listener.property("bootstrap.servers", "spring.kafka.bootstrap-servers", "broker:9092")
					.property("security.protocol", "spring.kafka.security.protocol", protocol));
	}

}
