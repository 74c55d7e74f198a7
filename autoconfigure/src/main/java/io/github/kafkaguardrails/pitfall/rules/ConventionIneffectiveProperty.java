package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.BootClientProperties;
import io.github.kafkaguardrails.setup.BootClientProperties.Target;
import io.github.kafkaguardrails.setup.ClientType;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ConsumerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags properties that are meant for a client and whose value no client of the
 * application has, when the cause is known: another property is stronger, Spring Boot
 * always sets the key itself, or every factory was made by hand and does not use Spring
 * Boot's properties. A property for a kind of client that the application does not have
 * is an info.
 *
 * <p>
 * Why it hurts: somebody lowers {@code max-poll-records} in the middle of an incident,
 * nothing changes, and half an hour goes by before anybody sees the same key twenty lines
 * below, in the map that wins.
 *
 * <p>
 * Wrong: {@code spring.kafka.properties.isolation.level: read_committed}, which Spring
 * Boot's own default hides. Right:
 * {@code spring.kafka.consumer.isolation-level: read-committed}.
 *
 * <p>
 * Legitimate for a listener that overrides a general value: a value counts as received as
 * soon as one client has it.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.spring.io/spring-boot/reference/messaging/kafka.html#messaging.kafka.additional-properties">Additional
 * properties</a>
 */
@Pitfall(id = "convention-ineffective-property", title = "A declared value that no client receives",
		severity = Severity.WARNING, why = "The configuration says one thing and every client does another.",
		remedy = "Keep one place for each setting, the one that the finding names", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ConventionIneffectiveProperty implements PitfallRule {

	private static final String HARM = "No client has this value";

	/** Keys whose property names something that the client receives in another form. */
	private static final Set<String> TRANSFORMED = Set.of("ssl.engine.factory.class");

	/**
	 * Keys whose property gives way to connection details, which is not said to be wrong.
	 */
	private static final Set<String> DETAILS = Set.of("bootstrap.servers", "security.protocol");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		List<ConfiguredClient> clients = ConfiguredClient.of(setup);
		for (ConfigValue property : setup.application().properties().set()) {
			if (property.explicit()) {
				BootClientProperties.target(property.key())
					.flatMap((target) -> check(property, target, clients, setup))
					.ifPresent(findings::add);
			}
		}
		return findings;
	}

	private static Optional<Finding> check(ConfigValue property, Target target, List<ConfiguredClient> clients,
			KafkaSetup setup) {
		if (absent(target, setup)) {
			return Optional.of(Finding.of(Subject.APPLICATION, HARM + ": the application has no such client.")
				.withSeverity(Severity.INFO)
				.withEvidence(property)
				.withFix(Fix.delete(property.key())));
		}
		if (TRANSFORMED.contains(target.key()) || mayChange(target, setup)
				|| clients.stream().anyMatch((client) -> mayHave(client, property, target))) {
			return Optional.empty();
		}
		List<ConfiguredClient> receivers = clients.stream()
			.filter((client) -> target.clients().contains(client.config().type())
					&& client.config().type().keys().containsKey(target.key()))
			.toList();
		if (receivers.isEmpty()) {
			return Optional.empty();
		}
		return hidden(property, target).or(() -> weaker(property, target, receivers))
			.or(() -> handMade(property, target, setup));
	}

	/** Whether there is certainly no client of this kind. */
	private static boolean absent(Target target, KafkaSetup setup) {
		if (target.clients().size() > 1) {
			return false;
		}
		return switch (target.clients().iterator().next()) {
			case PRODUCER -> setup.producers().isEmpty();
			case CONSUMER -> setup.consumers().isEmpty() && setup.listeners().isEmpty();
			case ADMIN -> setup.admins().isEmpty();
			case STREAMS -> setup.streams().isEmpty();
		};
	}

	private static boolean mayChange(Target target, KafkaSetup setup) {
		return target.clients().contains(ClientType.PRODUCER)
				&& setup.producers().stream().anyMatch(ProducerSetup::customized);
	}

	private static boolean mayHave(ConfiguredClient client, ConfigValue property, Target target) {
		ConfigValue given = client.config().given(target.key()).orElse(null);
		if (given == null || !target.clients().contains(client.config().type())) {
			return false;
		}
		boolean same = Objects.equals(source(given), target.property());
		return same || !SettingText.differs(client.config().type(), target.key(), client.config().string(target.key()),
				property.value());
	}

	/** Canonical name of the property that a client's value comes from, or empty. */
	private static String source(ConfigValue given) {
		return Optional.ofNullable(given.origin().property())
			.flatMap(BootClientProperties::target)
			.map(Target::property)
			.orElse("");
	}

	/** A key that Spring Boot never takes from this property. */
	private static Optional<Finding> hidden(ConfigValue property, Target target) {
		List<ClientType> hiddenFrom = target.clients()
			.stream()
			.filter((client) -> client.keys().containsKey(target.key()))
			.sorted()
			.toList();
		boolean hidden = hiddenFrom.stream()
			.noneMatch((client) -> BootClientProperties.properties(client, target.key()).contains(target.property()));
		if (!hidden) {
			return Optional.empty();
		}
		List<String> better = BootClientProperties.properties(hiddenFrom.get(0), target.key());
		return Optional
			.of(Finding
				.of(Subject.APPLICATION,
						HARM + ": Spring Boot always sets '" + target.key()
								+ "' from another property or its own default.")
				.withEvidence(property)
				.withFix(Fix.set(dedicated(better), property.text())));
	}

	private static String dedicated(List<String> properties) {
		return properties.get(properties.size() - 1);
	}

	/** A property that all clients have another chosen value for. */
	private static Optional<Finding> weaker(ConfigValue property, Target target, List<ConfiguredClient> receivers) {
		List<ConfigValue> winners = receivers.stream()
			.flatMap((client) -> client.config().given(target.key()).stream())
			.distinct()
			.toList();
		if (winners.isEmpty() || !winners.stream().allMatch((winner) -> stronger(winner, target))) {
			return Optional.empty();
		}
		ConfigValue winner = winners.get(0);
		Finding finding = Finding
			.of(Subject.APPLICATION,
					HARM + ": '" + target.key() + "' is set in another place, too, and that one is stronger.")
			.withEvidence(property)
			.withEvidence(winner);
		return Optional.of(finding.withFix(Fix.delete(property.key())));
	}

	private static boolean stronger(ConfigValue winner, Target target) {
		return winner.explicit() && (winner.origin().property() != null || !DETAILS.contains(target.key()));
	}

	/** A property of factories that were all made by hand, without this key. */
	private static Optional<Finding> handMade(ConfigValue property, Target target, KafkaSetup setup) {
		if (target.clients().size() > 1) {
			return Optional.empty();
		}
		boolean handMade = switch (target.clients().iterator().next()) {
			case PRODUCER -> setup.producers().stream().noneMatch(ProducerSetup::autoConfigured);
			case CONSUMER ->
				!setup.consumers().isEmpty() && setup.consumers().stream().noneMatch(ConsumerSetup::autoConfigured);
			case ADMIN, STREAMS -> false;
		};
		if (!handMade) {
			return Optional.empty();
		}
		return Optional.of(Finding
			.of(Subject.APPLICATION,
					HARM + ": the factories were made in code that does not use Spring Boot's properties.")
			.withEvidence(property)
			.withFix(Fix.action("build the factory from KafkaProperties, or set '" + target.key() + "' in that code")));
	}

}
