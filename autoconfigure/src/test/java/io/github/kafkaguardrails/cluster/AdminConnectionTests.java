package io.github.kafkaguardrails.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link AdminConnection}. */
class AdminConnectionTests {

	private final Map<String, Object> client = new HashMap<>(Map.of("bootstrap.servers", "localhost:1"));

	@Test
	void takesOverAddressSecurityAndNetwork() {
		this.client.put("security.protocol", "SASL_SSL");
		this.client.put("ssl.truststore.location", "/etc/trust.jks");
		this.client.put("client.dns.lookup", "resolve_canonical_bootstrap_servers_only");
		assertThat(config()).containsAllEntriesOf(this.client);
	}

	@Test
	void takesOverTheKeysOfAUsersOwnLoginAndOfAnSslBundle() {
		Object bundle = new Object();
		this.client.put("com.acme.vault.role", "billing");
		this.client.put("config.providers.vault.class", "com.acme.VaultConfigProvider");
		this.client.put("org.springframework.boot.ssl.SslBundle", bundle);
		assertThat(config()).containsAllEntriesOf(this.client);
	}

	@Test
	void leavesOutWhatOnlyOtherClientsUnderstand() {
		this.client.put("group.id", "billing");
		this.client.put("key.deserializer", "com.acme.NotThere");
		this.client.put("interceptor.classes", "com.acme.NotThere");
		this.client.put("transactional.id", "tx-0");
		this.client.put("application.id", "shop");
		assertThat(config()).doesNotContainKeys("group.id", "key.deserializer", "interceptor.classes",
				"transactional.id", "application.id");
	}

	@Test
	void hasANameAndLimitsOfItsOwn() {
		this.client.put("client.id", "billing-consumer");
		this.client.put("request.timeout.ms", "120000");
		this.client.put("metric.reporters", "com.acme.NotThere");
		assertThat(config()).containsEntry("client.id", "kafka-guardrails-cluster-check")
			.containsEntry("request.timeout.ms", 3000)
			.containsEntry("default.api.timeout.ms", 3000)
			.containsEntry("metric.reporters", "");
	}

	@Test
	void isWhatAnAdminClientAccepts() {
		try (Admin admin = Admin.create(config())) {
			assertThat(admin).isNotNull();
		}
	}

	private Map<String, Object> config() {
		return AdminConnection.config(this.client, Duration.ofSeconds(3));
	}

}
