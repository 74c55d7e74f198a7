package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ClusterSingleBootstrapServer}. */
class ClusterSingleBootstrapServerTests {

	private static final String SERVER = "broker-1:9092";

	private final ClusterSingleBootstrapServer rule = new ClusterSingleBootstrapServer();

	@Test
	void flagsOneServerWithOneAddress() {
		assertThat(check(single(SERVER), SERVER)).hasSize(1);
	}

	@Test
	void ignoresANameWithSeveralAddresses() {
		assertThat(check(application(), SERVER)).isEmpty();
	}

	@Test
	void ignoresSeveralServers() {
		assertThat(check(single(SERVER), SERVER + ",broker-2:9092")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:9092", "127.0.0.1:9092", "host.docker.internal:9092" })
	void ignoresThisMachine(String server) {
		assertThat(check(single(server), server)).isEmpty();
	}

	@Test
	void ignoresDevelopment() {
		assertThat(check(single(SERVER).with((setup) -> setup.development = true), SERVER)).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(single(SERVER), SERVER).get(0);
		assertThat(finding.subject()).hasToString("admin 'kafkaAdmin'");
		assertThat(finding.severity()).isNull();
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("bootstrap.servers = broker-1:9092 (application.yml:12:13)");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text())
				.isEqualTo("spring.kafka.bootstrap-servers: broker-1:9092,broker-2:9092,broker-3:9092"));
	}

	private static TestSetup single(String server) {
		return application().with((setup) -> setup.singleAddresses.add(server));
	}

	private List<Finding> check(TestSetup setup, String servers) {
		return this.rule
			.check(setup
				.withAdmin("kafkaAdmin",
						(admin) -> admin.property("bootstrap.servers", "spring.kafka.bootstrap-servers", servers))
				.build());
	}

}
