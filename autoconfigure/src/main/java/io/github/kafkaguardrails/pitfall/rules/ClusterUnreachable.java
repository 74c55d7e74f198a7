package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClusterOutage;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Flags a cluster that did not answer when it was looked at. It says so at once, while
 * the rules that need the cluster are reported as unknown.
 *
 * <p>
 * Why it hurts: the rollout is green, because listeners retry for ever and look healthy
 * and Boot's {@code KafkaAdmin} only logs. The records pile up until a customer calls.
 *
 * <p>
 * Wrong: an address, port, certificate or password that does not lead to a broker. Right:
 * {@code spring.kafka.bootstrap-servers: broker-1:9092,broker-2:9092} with the security
 * settings of that listener.
 *
 * <p>
 * Legitimate for applications that must start without Kafka: set the rule to {@code info}
 * or waive it.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#adminclientconfigs_bootstrap.servers">bootstrap.servers</a>
 */
@Pitfall(id = "cluster-unreachable", title = "No broker answered", severity = Severity.WARNING,
		why = "Listeners retry for ever and look healthy; Boot's KafkaAdmin only logs.",
		remedy = "depends on the cause; to refuse the start-up instead: spring.kafka.admin.fail-fast: true",
		since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ClusterUnreachable implements PitfallRule {

	@Override
	public List<Finding> check(KafkaSetup setup) {
		return setup.clusters()
			.stream()
			.flatMap((cluster) -> Optional.ofNullable(cluster.outage())
				.map((outage) -> finding(setup, cluster, outage))
				.stream())
			.toList();
	}

	private static Finding finding(KafkaSetup setup, ClusterSetup cluster, ClusterOutage outage) {
		if (outage.kind() == ClusterOutage.Kind.AUTHORIZATION) {
			return Finding.unknown(cluster.subject(), "The cluster answers, but it does not let the application look ("
					+ outage.reason() + "): rules about topics and brokers cannot be checked.");
		}
		Finding finding = Finding.of(cluster.subject(), cause(outage.kind())
				+ " Until that changes listeners retry for ever and look healthy, and producers time out.");
		Optional<ConfiguredClient> client = ConfiguredClient.of(setup)
			.stream()
			.filter((candidate) -> Set.copyOf(candidate.config().list(BootstrapServers.KEY))
				.equals(cluster.bootstrapServers()))
			.findFirst();
		if (client.isPresent()) {
			finding = finding.withEvidence(client.get().config().get(BootstrapServers.KEY));
		}
		return finding.withEvidence(ClusterFacts.of(cluster, "error", outage.reason()))
			.withFix(Fix.action(action(outage.kind())))
			.withFix(Fix.set("spring.kafka.admin.fail-fast", true));
	}

	private static String cause(ClusterOutage.Kind kind) {
		return switch (kind) {
			case ADDRESS -> "No address of the bootstrap servers can be resolved.";
			case AUTHENTICATION -> "A broker was reached, but the two did not accept each other.";
			case TIMEOUT -> "No broker answered in time.";
			case AUTHORIZATION, OTHER -> "The cluster could not be read.";
		};
	}

	private static String action(ClusterOutage.Kind kind) {
		return switch (kind) {
			case ADDRESS -> "correct the host names in spring.kafka.bootstrap-servers, or the DNS of this machine";
			case AUTHENTICATION -> "compare spring.kafka.security.protocol, the credentials and the certificates with"
					+ " what the listener at this port expects";
			case TIMEOUT, AUTHORIZATION, OTHER ->
				"check that a broker listens at this address and port, with this security protocol, and that no"
						+ " firewall is in between";
		};
	}

}
