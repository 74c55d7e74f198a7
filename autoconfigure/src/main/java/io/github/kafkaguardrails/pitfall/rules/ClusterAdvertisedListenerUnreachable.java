package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.BrokerSetup;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags brokers whose advertised address leads nowhere from the application's machine:
 * error when that is so for all of them, warning for some.
 *
 * <p>
 * Why it hurts: the first connection succeeds, then the broker says "I am localhost:9092"
 * and the client looks for it on its own machine. Everything after the first request
 * hangs; it is the most frequent problem of the first day, above all with Docker.
 *
 * <p>
 * Wrong: {@code advertised.listeners=PLAINTEXT://localhost:9092} for clients on other
 * machines. Right:
 * {@code advertised.listeners=INTERNAL://kafka:29092,EXTERNAL://kafka.example.com:9092},
 * one listener for each network.
 *
 * <p>
 * Legitimate when the application runs on the broker's machine: with loopback bootstrap
 * servers only names that do not resolve are flagged. A broker that answered a request of
 * its own is not flagged. A cluster whose brokers cannot be reached at all still tells
 * their addresses.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#brokerconfigs_advertised.listeners">advertised.listeners</a>
 */
@Pitfall(id = "cluster-advertised-listener-unreachable", title = "Brokers advertise addresses that lead nowhere",
		severity = Severity.ERROR, why = "The first connection succeeds, everything after it fails or hangs.",
		remedy = "advertised.listeners on the brokers with a host that the application's machine can reach",
		scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ClusterAdvertisedListenerUnreachable implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.clusters()
			.stream()
			.map(ClusterAdvertisedListenerUnreachable::finding)
			.flatMap(Optional::stream)
			.toList();
	}

	private static Optional<Finding> finding(ClusterSetup cluster) {
		List<BrokerSetup> lost = cluster.brokers().stream().filter((broker) -> lost(cluster, broker)).toList();
		if (lost.isEmpty()) {
			return Optional.empty();
		}
		boolean all = lost.size() == cluster.brokers().size();
		Finding finding = Finding
			.of(cluster.subject(),
					(all ? "The first connection succeeds, but everything after it"
							: "What goes to partitions of these brokers")
							+ " fails or hangs: the brokers send clients to addresses that lead nowhere from here.")
			.withSeverity(all ? Severity.ERROR : Severity.WARNING);
		for (BrokerSetup broker : lost) {
			finding = finding.withEvidence(ClusterFacts.of(cluster, "address of broker " + broker.id(), broker.host()
					+ ":" + broker.port() + " "
					+ ((broker.address() == BrokerSetup.Address.LOOPBACK) ? "(this machine)" : "(does not resolve)")));
		}
		return Optional.of(finding
			.withFix(Fix.action("give the brokers a listener for each network, for example advertised.listeners="
					+ "INTERNAL://kafka:29092,EXTERNAL://<reachable-host>:9092")));
	}

	private static boolean lost(ClusterSetup cluster, BrokerSetup broker) {
		boolean wrong = switch (broker.address()) {
			case UNRESOLVED -> true;
			case LOOPBACK -> BootstrapServers.of(cluster.bootstrapServers()).noneLoopback();
			case REMOTE -> false;
		};
		return wrong && !answered(cluster, broker);
	}

	/** Offsets are told by the leader alone: whoever told them is reachable. */
	private static boolean answered(ClusterSetup cluster, BrokerSetup broker) {
		return cluster.topics()
			.values()
			.stream()
			.flatMap((topic) -> topic.partitions().stream())
			.anyMatch((partition) -> Objects.equals(partition.leader(), broker.id())
					&& partition.offsets().known().isPresent());
	}

}
