package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.BootClientProperties;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ClientType;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Secrets;

/**
 * Flags keys that were given to a client and that neither the client, nor Spring Kafka,
 * nor a plug-in reads, when there is a better explanation than "unknown": a slip of the
 * pen, a key of another client, of a topic or of another library, an element of a list. A
 * key without such an explanation is not flagged.
 *
 * <p>
 * Why it hurts: {@code max.poll.interval=600000} was set after an incident, and at the
 * next slow day the group was rebalanced after five minutes all the same. Kafka mentions
 * an unknown key in one INFO line after the client was created and ignores it.
 *
 * <p>
 * Wrong: {@code spring.kafka.consumer.properties.max.poll.interval: 600000}. Right:
 * {@code spring.kafka.consumer.properties.max.poll.interval.ms: 600000}.
 *
 * <p>
 * Legitimate when code of your own reads the key from the configuration of a client:
 * waive it for that client.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#configuration">Configuration</a>
 */
@Pitfall(id = "convention-unknown-client-property", title = "A key that no client, plug-in or Spring class reads",
		severity = Severity.WARNING,
		why = "Kafka mentions an unknown key in one INFO line and ignores it: the setting is not applied.",
		remedy = "Write the key that the finding suggests", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConventionUnknownClientProperty implements PitfallRule {

	/** Spring Boot hands its SSL bundle to the engine factory under this key. */
	private static final String SSL_BUNDLE = "org.springframework.boot.ssl.SslBundle";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<ConfiguredClient> clients = ConfiguredClient.of(setup);
		PluginKeys plugins = new PluginKeys();
		Map<Map.Entry<ClientType, String>, Optional<KeyDiagnosis>> diagnoses = new HashMap<>();
		List<Finding> findings = new ArrayList<>();
		for (ConfiguredClient client : clients) {
			for (ConfigValue value : client.config().given()) {
				if (value.explicit() && !value.key().equals(SSL_BUNDLE)) {
					diagnoses
						.computeIfAbsent(Map.entry(client.config().type(), value.key()),
								(entry) -> KeyDiagnosis.of(entry.getKey(), entry.getValue()))
						.filter((diagnosis) -> !received(value, clients) && !repeated(client, value, diagnosis))
						.filter((diagnosis) -> clients.stream()
							.filter((other) -> sees(other, value))
							.noneMatch((other) -> plugins.mention(other, value.key())))
						.map((diagnosis) -> finding(client, value, diagnosis))
						.ifPresent(findings::add);
				}
			}
		}
		return findings;
	}

	/**
	 * Whether the value reaches a client that knows the key, so that it is not lost: all
	 * clients share it, or code gave it to both.
	 */
	private static boolean received(ConfigValue value, List<ConfiguredClient> clients) {
		return clients.stream()
			.filter((client) -> KnownKeys.knows(client.config().type(), value.key()))
			.anyMatch((client) -> shared(value) || sees(client, value));
	}

	private static boolean sees(ConfiguredClient client, ConfigValue value) {
		return client.config().given(value.key()).isPresent();
	}

	private static boolean shared(ConfigValue value) {
		return target(value).filter((target) -> target.clients().size() > 1).isPresent();
	}

	private static Optional<BootClientProperties.Target> target(ConfigValue value) {
		return Optional.ofNullable(value.origin().property()).flatMap(BootClientProperties::target);
	}

	/** Of the elements of a list only the first is reported. */
	private static boolean repeated(ConfiguredClient client, ConfigValue value, KeyDiagnosis diagnosis) {
		return diagnosis.kind() == KeyDiagnosis.Kind.LIST_ELEMENT && !value.key().endsWith(".0")
				&& client.config().given(diagnosis.meant() + ".0").isPresent();
	}

	private static Finding finding(ConfiguredClient client, ConfigValue value, KeyDiagnosis diagnosis) {
		return Finding
			.of(client.subject(),
					"No client that receives '" + value.key() + "' reads it: the setting has no effect. "
							+ diagnosis.comment())
			.withSeverity(diagnosis.severity())
			.withEvidence(shown(value, diagnosis))
			.withFix(fix(client.config(), value, diagnosis));
	}

	/** The value, unless the key that was meant holds a secret. */
	private static ConfigValue shown(ConfigValue value, KeyDiagnosis diagnosis) {
		String meant = diagnosis.meant();
		return (meant != null && Secrets.isSecretKey(meant)) ? ConfigValue.of(value.key(), Secrets.MASK, value.origin())
				: value;
	}

	private static Fix fix(ClientConfig config, ConfigValue value, KeyDiagnosis diagnosis) {
		String meant = diagnosis.meant();
		String property = value.origin().property();
		if (meant == null) {
			return (property != null) ? Fix.delete(property)
					: Fix.action("remove '" + value.key() + "' (" + value.origin() + ")");
		}
		String text = (diagnosis.kind() == KeyDiagnosis.Kind.LIST_ELEMENT) ? elements(config, meant)
				: shown(value, diagnosis).text();
		if (property != null && !text.equals(Secrets.MASK)) {
			return Fix.set(map(value, diagnosis) + "." + meant, text);
		}
		return Fix.action(
				(diagnosis.kind() == KeyDiagnosis.Kind.MISPLACED) ? "give '" + meant + "' to the client that reads it"
						: "write '" + meant + "' in place of '" + value.key() + "'");
	}

	/** The map of properties that the key belongs into. */
	private static String map(ConfigValue value, KeyDiagnosis diagnosis) {
		if (diagnosis.kind() == KeyDiagnosis.Kind.MISPLACED) {
			return BootClientProperties.map(KeyDiagnosis.owners(value.key()).get(0));
		}
		Set<ClientType> clients = target(value).map(BootClientProperties.Target::clients).orElse(Set.of());
		return (clients.size() == 1) ? BootClientProperties.map(clients.iterator().next())
				: BootClientProperties.COMMON_PROPERTIES;
	}

	private static String elements(ClientConfig config, String key) {
		return IntStream.iterate(0, (i) -> config.given(key + "." + i).isPresent(), (i) -> i + 1)
			.mapToObj((i) -> config.string(key + "." + i))
			.collect(Collectors.joining(","));
	}

}
