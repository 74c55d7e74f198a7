package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags clients that know one bootstrap server only, whose host has one address only,
 * outside development.
 *
 * <p>
 * Why it hurts: that broker is down for an update. Everything that runs goes on, because
 * it knows the other brokers; whatever starts meanwhile finds no cluster, and so a
 * deployment in the wrong minute fails.
 *
 * <p>
 * Wrong: {@code bootstrap-servers: broker-1:9092}. Right:
 * {@code bootstrap-servers: broker-1:9092,broker-2:9092,broker-3:9092}, or a name with an
 * address for each broker.
 *
 * <p>
 * Legitimate when the address is a load balancer's or a managed service's: it leads to
 * any broker.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_bootstrap.servers">bootstrap.servers</a>
 */
@Pitfall(id = "cluster-single-bootstrap-server", title = "One address to find the cluster", severity = Severity.INFO,
		why = "While that broker is down nothing that starts finds the cluster.",
		remedy = "spring.kafka.bootstrap-servers: broker-1:9092,broker-2:9092,broker-3:9092", since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ClusterSingleBootstrapServer implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		if (setup.application().development()) {
			return List.of();
		}
		return ConfiguredClient.of(setup)
			.stream()
			.filter((client) -> single(client.config(), setup))
			.map((client) -> Finding.of(client.subject(),
					"Unless the address is a load balancer's: while this broker is down, nothing that starts finds the"
							+ " cluster.")
				.withEvidence(client.config().get(BootstrapServers.KEY))
				.withFix(Fix.set("spring.kafka.bootstrap-servers", "broker-1:9092,broker-2:9092,broker-3:9092")))
			.toList();
	}

	private static boolean single(ClientConfig config, KafkaSetup setup) {
		List<String> servers = config.list(BootstrapServers.KEY);
		return servers.size() == 1 && BootstrapServers.of(config).remote()
				&& setup.application().platform().singleAddresses().contains(servers.get(0));
	}

}
