package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;
import org.apache.kafka.common.config.ConfigDef;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.StreamsSetup;

/**
 * Flags values that Kafka Streams, or a client that it makes, refuses: values of the
 * wrong kind, and values that contradict each other.
 *
 * <p>
 * Why it hurts: {@code processing.guarantee: exactly_once} was right for years and was
 * removed in 4.0. The context fails when it starts the factory bean; with
 * {@code auto-startup: false} the application runs and processes nothing.
 *
 * <p>
 * Wrong: {@code spring.kafka.streams.properties.processing.guarantee: exactly_once}.
 * Right: {@code exactly_once_v2}.
 *
 * <p>
 * Legitimate never: Kafka Streams does not start. Values that a configuration provider
 * will replace are not looked at.
 *
 * @since 0.1.0
 * @see <a href="https://kafka.apache.org/documentation/#streamsconfigs">Kafka Streams
 * configuration</a>
 */
@Pitfall(id = "streams-config-rejected", title = "Kafka Streams will not start with these values",
		severity = Severity.ERROR, why = "The factory bean fails when it starts, which may be late.",
		remedy = "spring.kafka.streams.properties.processing.guarantee: exactly_once_v2", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class StreamsConfigRejected implements StartupPitfallRule {

	private static final String CONSEQUENCE = "Kafka Streams cannot start with it.";

	private static final String COMMIT = "commit.interval.ms";

	private static final String TRANSACTION = "producer.transaction.timeout.ms";

	private static final long TRANSACTION_DEFAULT = 10_000;

	private static final String IN_FLIGHT = "max.in.flight.requests.per.connection";

	private static final String METRICS_PUSH = "enable.metrics.push";

	/** What Kafka Streams sets itself, whatever it is given. */
	private static final Set<String> REPLACED = Set.of("bootstrap.servers", "client.id", "group.id", "key.serializer",
			"value.serializer", "key.deserializer", "value.deserializer", "enable.auto.commit",
			"allow.auto.create.topics", "group.protocol", "group.instance.id", "partition.assignment.strategy",
			METRICS_PUSH);

	private static final Set<String> REPLACED_EXACTLY_ONCE = Set.of("isolation.level", "enable.idempotence",
			"transactional.id");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (StreamsSetup streams : setup.streams()) {
			findings.addAll(findings(streams));
		}
		return findings;
	}

	private static List<Finding> findings(StreamsSetup streams) {
		ClientConfig config = streams.config();
		List<Finding> findings = new ArrayList<>();
		// the mechanism has a default, which only the clients know
		RejectedValues.in(config, Set.of())
			.stream()
			.filter((rejected) -> !rejected.value().key().equals(SaslSettings.MECHANISM)
					|| config.given(SaslSettings.MECHANISM).isPresent())
			.forEach((rejected) -> findings.add(rejected.toFinding(streams.subject(), CONSEQUENCE)));
		addHanded(findings, streams);
		StreamsClients clients = new StreamsClients(config);
		if (clients.exactlyOnce()) {
			addExactlyOnce(findings, streams, clients);
		}
		if (clients.streamsProtocol()) {
			clients.given("group.instance.id", "consumer.", "main.consumer.")
				.forEach((id) -> findings
					.add(finding(streams, "With group.protocol=streams there are no static members.", id)
						.withEvidence(config.get("group.protocol"))
						.withFix(Remedy.delete(id))));
		}
		addMetricsPush(findings, streams);
		return findings;
	}

	private static void addHanded(List<Finding> findings, StreamsSetup streams) {
		StreamsClients clients = new StreamsClients(streams.config());
		Set<String> replaced = new HashSet<>(REPLACED);
		if (clients.exactlyOnce()) {
			replaced.addAll(REPLACED_EXACTLY_ONCE);
		}
		Set<ConfigValue> seen = new HashSet<>();
		for (StreamsClients.Handed handed : clients.handed()) {
			ConfigDef.ConfigKey key = handed.client().keys().get(handed.key());
			Object value = handed.value().value();
			if (key != null && value != null && !replaced.contains(key.name)
					&& !RejectedValues.providedLater(streams.config(), value) && !RejectedValues.accepts(key, value)
					&& seen.add(handed.value())) {
				findings.add(RejectedValue.of(key, handed.value()).toFinding(streams.subject(), CONSEQUENCE));
			}
		}
	}

	private static void addExactlyOnce(List<Finding> findings, StreamsSetup streams, StreamsClients clients) {
		ClientConfig config = streams.config();
		Optional<ConfigValue> timeout = config.given(TRANSACTION);
		long milliseconds = timeout.map((value) -> number(value, -1)).orElse(TRANSACTION_DEFAULT);
		if (config.given(COMMIT).isPresent() && milliseconds >= 0 && config.number(COMMIT).orElse(0) > milliseconds) {
			Finding finding = finding(streams,
					"With exactly-once processing a commit must come before the transaction ends, after " + milliseconds
							+ " ms.",
					config.get(COMMIT));
			findings.add(timeout.map(finding::withEvidence)
				.orElse(finding)
				.withFix(Remedy.change(config.get(COMMIT), Math.min(milliseconds, 100)))
				.withFix(Fix.set("spring.kafka.streams.properties." + TRANSACTION, config.number(COMMIT).orElse(0))));
		}
		clients.given(IN_FLIGHT, "producer.")
			.filter((value) -> number(value, 0) > 5)
			.forEach((value) -> findings
				.add(finding(streams, "With exactly-once processing at most 5 requests may be in flight.", value)
					.withFix(Remedy.change(value, 5))));
	}

	/**
	 * Kafka Streams takes a text for a wrong type here, and wants all of its clients to
	 * agree.
	 */
	private static void addMetricsPush(List<Finding> findings, StreamsSetup streams) {
		ClientConfig config = streams.config();
		List<ConfigValue> values = Stream.of("consumer.", "main.consumer.", "admin.")
			.flatMap((prefix) -> config.given(prefix + METRICS_PUSH).stream())
			.toList();
		for (ConfigValue value : values) {
			if (!(value.value() instanceof Boolean)) {
				findings.add(finding(streams, "Kafka Streams only takes a Boolean object for it, and no text.", value)
					.withFix(Remedy.delete(value))
					.withFix(Fix.set("spring.kafka.streams.properties." + METRICS_PUSH, false)));
			}
		}
		boolean commonOnly = values.size() == 1 && values.get(0).key().startsWith("consumer.");
		for (ConfigValue value : values) {
			boolean counts = commonOnly || !value.key().startsWith("consumer.");
			if (config.flag(METRICS_PUSH) && counts && Boolean.FALSE.equals(value.value())) {
				findings.add(finding(streams,
						"Metrics cannot be pushed by Kafka Streams when one of its clients does not push its own.",
						value)
					.withEvidence(config.get(METRICS_PUSH))
					.withFix(Remedy.delete(value))
					.withFix(Fix.set("spring.kafka.streams.properties." + METRICS_PUSH, false)));
			}
		}
	}

	private static long number(ConfigValue value, long otherwise) {
		try {
			return Long.parseLong(String.valueOf(value.value()).trim());
		}
		catch (NumberFormatException ex) {
			return otherwise;
		}
	}

	private static Finding finding(StreamsSetup streams, String reason, ConfigValue value) {
		return Finding.of(streams.subject(), reason + " " + CONSEQUENCE).withEvidence(value);
	}

}
