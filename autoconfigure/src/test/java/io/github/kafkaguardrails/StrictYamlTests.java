package io.github.kafkaguardrails;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link StrictYaml}. */
class StrictYamlTests {

	@ParameterizedTest
	@ValueSource(strings = { "kafka.guardrails.enabld: true", "kafka.guardrails.topics.provision: none",
			"kafka.guardrails.listeners.payments.retry.attempts: 3", "kafka.guardrails.listeners.payments.than: stop",
			"kafka.guardrails.topics.[orders.*].than: stop", "kafka.guardrails.waivers[0].when: never",
			"kafka.guardrails.health.broker.intervall: 5s", "kafka.guardrails.cluster-check.every: 5m",
			"spring.kafka.consumer.group: billing", "spring.kafka.propertys.acks: 1" })
	void rejectsKeysThatNobodyReads(String yaml) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(yaml))
			.withCauseInstanceOf(UnboundConfigurationPropertiesException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "kafka.guardrails.enabled: perhaps", "kafka.guardrails.rules.some-rule: fatal",
			"kafka.guardrails.topics.[orders.*].then: explode", "kafka.guardrails.health.broker.interval: 1ms",
			"kafka.guardrails.cluster-check.interval: 0s", "kafka.guardrails.cluster-check.timeout: -1s",
			"spring.kafka.consumer.heartbeat-interval: often" })
	void rejectsValuesThatDoNotFit(String yaml) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(yaml));
	}

	@Test
	void takesClientPropertiesAndGlobsAsTheyAre() throws IOException {
		StrictYaml yaml = StrictYaml
			.of("spring.kafka.properties.group.protocol: consumer\nkafka.guardrails.topics.[orders.*].then: stop\n");
		assertThat(yaml.kafka().getProperties()).containsEntry("group.protocol", "consumer");
		assertThat(yaml.topics()).containsOnlyKeys("orders.*");
		assertThat(yaml.others()).isEmpty();
	}

	@Test
	void namesWhatIsOfNoConcernToKafka() throws IOException {
		assertThat(StrictYaml.of("server.prt: 1\nkafka.guardrails.enabled: true\n").others())
			.containsExactly("server.prt");
	}

	private static void bind(String text) throws IOException {
		StrictYaml yaml = StrictYaml.of(text);
		yaml.rules();
		yaml.topics();
		yaml.kafka();
	}

}
