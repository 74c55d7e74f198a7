package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags clients with TLS whose key store or trust store is no file that the application
 * can read.
 *
 * <p>
 * Why it hurts: {@code classpath:} works for every other setting of Spring, and so it is
 * written here, too. Kafka does not know it, looks for a file of that name, and no client
 * can be created; a producer tells so at the first send.
 *
 * <p>
 * Wrong: {@code spring.kafka.properties.ssl.truststore.location: classpath:trust.jks}.
 * Right: {@code spring.kafka.ssl.bundle: kafka}, and the bundle below
 * {@code spring.ssl.bundle}.
 *
 * <p>
 * Legitimate never: the client needs the file when it is created. Stores of an SSL bundle
 * or of an engine of your own are not looked at.
 *
 * @since 0.1.0
 * @see <a href= "https://docs.spring.io/spring-boot/reference/features/ssl.html">SSL
 * bundles</a>
 */
@Pitfall(id = "security-store-not-readable", title = "The key or trust store cannot be opened",
		severity = Severity.ERROR, why = "The client cannot be created without the file.",
		remedy = "spring.kafka.ssl.bundle: <your bundle>", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class SecurityStoreNotReadable implements StartupPitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ConfiguredClient client : ConfiguredClient.of(setup)) {
			if (SecurityProtocol.of(client.config()).tls()
					&& client.config().given("ssl.engine.factory.class").isEmpty()) {
				for (ConfigValue store : stores(client.config(), setup)) {
					findings.add(finding(client, store));
				}
			}
		}
		return findings;
	}

	private static List<ConfigValue> stores(ClientConfig config, KafkaSetup setup) {
		return Stream.of("ssl.truststore.location", "ssl.keystore.location")
			.flatMap((key) -> config.given(key).stream())
			.filter((store) -> store.value() instanceof String file && !file.contains("${")
					&& setup.application().platform().unreadableFiles().contains(file.trim()))
			.toList();
	}

	private static Finding finding(ConfiguredClient client, ConfigValue store) {
		String reason = String.valueOf(store.value()).trim().startsWith("classpath:")
				? "Kafka takes 'classpath:' for a part of the file's name"
				: "There is no such file, or it may not be read";
		return Finding
			.of(client.subject(), reason + ": the client cannot be created, a producer fails at the first send.")
			.withEvidence(client.config().get(SecurityProtocol.KEY))
			.withEvidence(store)
			.withFix(Remedy.delete(store))
			.withFix(Fix.set("spring.kafka.ssl.bundle", "kafka"))
			.withFix(Fix.set("spring.ssl.bundle.pem.kafka.truststore.certificate", "file:/etc/kafka/ca.pem"))
			.withFix(Fix.action("or put the file there, readable for the user of the application"));
	}

}
