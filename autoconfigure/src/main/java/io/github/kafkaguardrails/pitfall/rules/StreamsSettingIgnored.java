package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.StreamsSetup;

/**
 * Flags client settings that Kafka Streams replaces by its own: how offsets are committed
 * and partitions assigned, with exactly-once processing the isolation level and
 * idempotence, and with the streams group protocol the numbers of replicas of stores.
 *
 * <p>
 * Why it hurts: {@code num.standby.replicas: 1} has stood there for years. With the new
 * group protocol it counts no more; nobody notices until a machine dies and its stores
 * are restored for an hour.
 *
 * <p>
 * Wrong: {@code group.protocol: streams} and {@code num.standby.replicas: 1}. Right:
 * {@code streams.num.standby.replicas} in the configuration of the group, on the brokers.
 *
 * <p>
 * Legitimate when the value is the one that Kafka Streams uses anyway, which is not
 * flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/streams/developer-guide/config-streams.html">Configuring
 * a Streams application</a>
 */
@Pitfall(id = "streams-setting-ignored", title = "A client setting that Kafka Streams overrides or ignores",
		severity = Severity.WARNING, why = "The setting suggests a behaviour that Kafka Streams does not have.",
		remedy = "Delete the setting", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class StreamsSettingIgnored implements PitfallRule {

	private static final List<Ignored> ALWAYS = List.of(
			new Ignored("enable.auto.commit", "false",
					List.of("", "consumer.", "main.consumer.", "restore.consumer.", "global.consumer.")),
			new Ignored("allow.auto.create.topics", "false",
					List.of("", "consumer.", "main.consumer.", "restore.consumer.", "global.consumer.")),
			new Ignored("group.protocol", "classic",
					List.of("consumer.", "main.consumer.", "restore.consumer.", "global.consumer.")),
			new Ignored("partition.assignment.strategy", null, List.of("", "consumer.", "main.consumer.")));

	private static final List<Ignored> EXACTLY_ONCE = List.of(
			new Ignored("isolation.level", "read_committed", List.of("", "consumer.")),
			new Ignored("enable.idempotence", "true", List.of("", "producer.")),
			new Ignored("transactional.id", null, List.of("", "producer.")));

	private static final List<Ignored> STREAMS_PROTOCOL = List.of(new Ignored("num.standby.replicas", "0", List.of("")),
			new Ignored("max.warmup.replicas", "0", List.of("")));

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.streams().stream().flatMap((streams) -> finding(streams).stream()).toList();
	}

	private static Optional<Finding> finding(StreamsSetup streams) {
		StreamsClients clients = new StreamsClients(streams.config());
		List<ConfigValue> replaced = ignored(streams, ALWAYS).toList();
		List<ConfigValue> exactlyOnce = clients.exactlyOnce() ? ignored(streams, EXACTLY_ONCE).toList() : List.of();
		List<ConfigValue> protocol = clients.streamsProtocol() ? ignored(streams, STREAMS_PROTOCOL).toList()
				: List.of();
		List<ConfigValue> all = Stream.of(replaced, exactlyOnce, protocol).flatMap(List::stream).toList();
		if (all.isEmpty()) {
			return Optional.empty();
		}
		Finding finding = Finding.of(streams.subject(),
				"Kafka Streams uses values of its own in place of these settings, which have no effect.");
		for (ConfigValue value : all) {
			finding = finding.withEvidence(value);
		}
		if (!exactlyOnce.isEmpty()) {
			finding = finding.withEvidence(streams.config().get("processing.guarantee"));
		}
		if (!protocol.isEmpty()) {
			finding = finding.withEvidence(streams.config().get("group.protocol"));
		}
		for (ConfigValue value : all) {
			finding = finding.withFix(Remedy.delete(value));
		}
		return Optional.of(protocol.isEmpty() ? finding : finding.withFix(Fix.action(
				"set the standby replicas of a streams group on the brokers: kafka-configs.sh --alter --entity-type groups"
						+ " --entity-name " + streams.config().string("application.id")
						+ " --add-config streams.num.standby.replicas=1")));
	}

	private static Stream<ConfigValue> ignored(StreamsSetup streams, List<Ignored> keys) {
		return keys.stream()
			.flatMap((ignored) -> ignored.prefixes()
				.stream()
				.flatMap((prefix) -> streams.config().given(prefix + ignored.key()).stream())
				.filter((value) -> value.explicit() && !String.valueOf(value.value()).trim().equals(ignored.used())));
	}

	/**
	 * A key that has no effect.
	 *
	 * @param key key of a client
	 * @param used the value that is used anyway, or {@code null} when there is none that
	 * one could write
	 * @param prefixes the prefixes with which the key has no effect
	 */
	private record Ignored(String key, @Nullable String used, List<String> prefixes) {

	}

}
