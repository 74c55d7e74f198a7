package io.github.kafkaguardrails.pitfall.rules;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.StreamsSetup;

/**
 * Flags Kafka Streams applications with state stores whose directory is below the
 * temporary one, outside development.
 *
 * <p>
 * Why it hurts: the machine is restarted, or the container replaced, and the directory is
 * empty. All stores are restored from the changelogs, which takes hours, and as long the
 * partitions stand still.
 *
 * <p>
 * Wrong: no {@code spring.kafka.streams.state-dir}, which means
 * {@code /tmp/kafka-streams}. Right:
 * {@code spring.kafka.streams.state-dir: /var/lib/orders/streams}, on a volume that
 * stays.
 *
 * <p>
 * Legitimate for small stores and for stores that code keeps in memory; with
 * {@code default.dsl.store: in_memory} nothing is said.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#streamsconfigs_state.dir">state.dir</a>
 */
@Pitfall(id = "streams-state-dir-volatile", title = "State lives in a temporary directory", severity = Severity.WARNING,
		why = "The system or the next container empties it, and all stores are restored from the changelogs.",
		remedy = "spring.kafka.streams.state-dir: /var/lib/orders/streams", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class StreamsStateDirVolatile implements PitfallRule {

	private static final String KEY = "state.dir";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		String temporary = setup.application().platform().systemProperties().getOrDefault("java.io.tmpdir", "/tmp");
		return setup.streams()
			.stream()
			.filter((streams) -> Boolean.TRUE.equals(streams.stateful()) && onDisk(streams.config()))
			.filter((streams) -> below(streams.config().string(KEY), temporary))
			.map(StreamsStateDirVolatile::finding)
			.toList();
	}

	private static boolean onDisk(ClientConfig config) {
		return !config.string("default.dsl.store").equals("in_memory")
				&& config.given("dsl.store.suppliers.class").isEmpty();
	}

	private static boolean below(String directory, String temporary) {
		try {
			return Path.of(directory).normalize().startsWith(Path.of(temporary).normalize());
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

	private static Finding finding(StreamsSetup streams) {
		ConfigValue directory = streams.config().get(KEY);
		Finding finding = Finding.of(streams.subject(),
				"The system empties this directory, or it is gone with the container: all stores are then restored from the"
						+ " changelogs.")
			.withEvidence(directory);
		return Remedy.set(finding, directory, "spring.kafka.streams.state-dir", "/var/lib/<application>/streams")
			.withFix(Fix.action("put the directory on a volume that stays with the instance"));
	}

}
