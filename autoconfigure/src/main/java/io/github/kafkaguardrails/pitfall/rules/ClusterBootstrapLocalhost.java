package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.regex.Pattern;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Flags clients that connect to the local machine although the application runs in
 * production: nobody set {@code spring.kafka.bootstrap-servers}, so that Spring Boot's
 * {@code localhost:9092} applies, or a file or code says so.
 *
 * <p>
 * Why it hurts: the property is misspelt ({@code bootstrap-server}), the rollout is
 * green, and every listener retries a broker that does not exist while the topic fills
 * up.
 *
 * <p>
 * Wrong: {@code spring.kafka.bootstrap-server: broker:9092}. Right:
 * {@code spring.kafka.bootstrap-servers: broker-1:9092,broker-2:9092}.
 *
 * <p>
 * Legitimate with a sidecar proxy on the loopback address: then set it where the
 * deployment is described, as an environment variable, an argument or in the file of the
 * profile, which is not flagged.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_bootstrap.servers">bootstrap.servers</a>
 */
@Pitfall(id = "cluster-bootstrap-localhost", title = "The brokers are looked for on the local machine",
		severity = Severity.WARNING,
		why = "The property is missing or misspelt, and the application waits for a broker that does not exist.",
		remedy = "spring.kafka.bootstrap-servers: broker-1:9092,broker-2:9092,broker-3:9092", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ClusterBootstrapLocalhost implements PitfallRule {

	private static final String DEFAULT = "localhost:9092";

	private static final Pattern FILE = Pattern.compile(".+:\\d+:\\d+");

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (!setup.application().production()) {
			return List.of();
		}
		return ConfiguredClient.of(setup)
			.stream()
			.filter((client) -> forgotten(client, setup))
			.map(ClusterBootstrapLocalhost::finding)
			.toList();
	}

	private static boolean forgotten(ConfiguredClient client, KafkaSetup setup) {
		ConfigValue servers = client.config().get(BootstrapServers.KEY);
		if (!servers.explicit()) {
			return DEFAULT.equals(client.config().string(BootstrapServers.KEY));
		}
		return BootstrapServers.of(client.config()).loopback() && !deliberate(servers.origin(), setup);
	}

	/** Whether it was set for this environment. */
	private static boolean deliberate(ValueOrigin origin, KafkaSetup setup) {
		if (origin.kind() != ValueOrigin.Kind.PROPERTY) {
			return false;
		}
		boolean ofProfile = setup.application()
			.profiles()
			.stream()
			.anyMatch((profile) -> origin.location().contains("-" + profile + "."));
		return ofProfile || !FILE.matcher(origin.location()).matches();
	}

	private static Finding finding(ConfiguredClient client) {
		ConfigValue servers = client.config().get(BootstrapServers.KEY);
		String cause = servers.explicit() ? "The address is the one of a developer's machine."
				: "No property sets the brokers, or its name is misspelt.";
		return Finding
			.of(client.subject(),
					cause + " In production nothing listens there: producers time out and listeners"
							+ " retry for ever without an error that stops the rollout.")
			.withEvidence(servers)
			.withFix(Fix.set("spring.kafka.bootstrap-servers", "broker-1:9092,broker-2:9092,broker-3:9092"));
	}

}
