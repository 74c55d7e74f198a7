package io.github.kafkaguardrails.errorhandling.topics;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionTests {

	@Test
	void takesOfAConsumerWhatAProducerAndAnAdminClientUnderstand() {
		Map<String, Object> config = new HashMap<>();
		ConsumerConfig.configNames().forEach((name) -> config.put(name, name));
		AdminClientConfig.configNames().forEach((name) -> config.put(name, name));
		Connection connection = Connection.of(config);
		assertThat(connection.settings()).containsKeys("bootstrap.servers", "security.protocol", "sasl.jaas.config",
				"ssl.keystore.password", "client.dns.lookup", "reconnect.backoff.ms");
		assertThat(AdminClientConfig.configNames()).containsAll(connection.settings().keySet());
		assertThat(ProducerConfig.configNames()).containsAll(connection.settings().keySet());
	}

	@Test
	void leavesOutWhatBelongsToTheConsumer() {
		Map<String, Object> config = Map.of("bootstrap.servers", "localhost:1", "group.id", "g", "client.id", "c",
				"interceptor.classes", "Tracing", "metric.reporters", "Reporter", "request.timeout.ms", 1,
				"default.api.timeout.ms", 1, "metadata.max.age.ms", 1, "custom.setting", "x");
		assertThat(Connection.of(config).settings()).containsOnlyKeys("bootstrap.servers");
	}

	@Test
	void keepsTheSslBundleOfSpringBoot() {
		Map<String, Object> config = Map.of("org.springframework.boot.ssl.SslBundle", "bundle");
		assertThat(Connection.of(config).settings()).isEqualTo(config);
	}

}
