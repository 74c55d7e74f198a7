package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.pitfall.StartupPitfallRule;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Flags a heartbeat interval that does not fit the session timeout, and a session timeout
 * that forgives nothing (classic protocol).
 *
 * <p>
 * Why it hurts: one lost heartbeat, a garbage collection or CPU throttling evicts the
 * member, and the rebalance stops the whole group. A heartbeat that is not shorter than
 * the session is refused by the client: the container cannot start.
 *
 * <p>
 * Wrong: {@code session.timeout.ms: 6000}, a copy of the default of 2018, or
 * {@code spring.kafka.consumer.heartbeat-interval: 30s}. Right: neither line; the
 * defaults are 45 and 3 seconds.
 *
 * <p>
 * Legitimate where a dead instance must be noticed within seconds and short stops do not
 * matter: waive it. Once the cluster is known, a session timeout that the broker does not
 * allow is an error as well.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumerconfigs_session.timeout.ms">session.timeout.ms</a>
 */
@Pitfall(id = "consumer-session-heartbeat-inconsistent",
		title = "Heartbeat and session timeout do not fit together, or do not fit the broker",
		severity = Severity.ERROR,
		why = "One lost heartbeat, GC pause or CPU throttling evicts the member and stops the group.",
		remedy = "delete both settings; the defaults are 3 s and 45 s", since = "0.1.0")
@AutoService(StartupPitfallRule.class)
public final class ConsumerSessionHeartbeatInconsistent implements StartupPitfallRule {

	private static final String SESSION = "session.timeout.ms";

	private static final String HEARTBEAT = "heartbeat.interval.ms";

	private static final String SHORTEST = "group.min.session.timeout.ms";

	private static final String LONGEST = "group.max.session.timeout.ms";

	private static final int HEARTBEATS_PER_SESSION = 3;

	private static final long SHORT_SESSION = 10_000;

	@Override
	public List<Finding> check(KafkaSetup setup) {
		List<Finding> findings = new ArrayList<>();
		for (ListenerSetup listener : ConsumingListeners.list(setup)) {
			Optional<Finding> finding = inClassicGroup(listener) ? finding(setup, listener) : Optional.empty();
			if (finding.isPresent()) {
				findings.add(finding.get());
			}
		}
		return findings;
	}

	private static boolean inClassicGroup(ListenerSetup listener) {
		return listener.groupId() != null && !listener.groupId().isBlank()
				&& GroupProtocolConflicts.classic(listener.consumer());
	}

	private static Optional<Finding> finding(KafkaSetup setup, ListenerSetup listener) {
		ClientConfig config = listener.consumer();
		if (!RejectedValues.accepts(config, SESSION) || !RejectedValues.accepts(config, HEARTBEAT)) {
			return Optional.empty();
		}
		long session = config.number(SESSION).orElse(Long.MAX_VALUE);
		long heartbeat = config.number(HEARTBEAT).orElse(0);
		if (heartbeat >= session) {
			return Optional.of(finding(listener,
					"The client refuses a heartbeat that is not shorter than the session: the container cannot start."));
		}
		if (!listener.subscription().groupManaged()) {
			return Optional.empty();
		}
		Optional<ClusterSetup> cluster = setup.cluster(config);
		if (cluster.isPresent() && !allowed(cluster.get(), session)) {
			return Optional.of(refused(listener, cluster.get()));
		}
		if (heartbeat * HEARTBEATS_PER_SESSION > session) {
			return Optional
				.of(finding(listener,
						"Fewer than three heartbeats fit into a session: one that is lost or late "
								+ "evicts the member, and the rebalance stops the group.")
					.withSeverity(Severity.WARNING));
		}
		if (config.explicit(SESSION) && session < SHORT_SESSION) {
			String harm = "A garbage collection or CPU throttling of " + session
					+ " ms evicts the member, and the rebalance stops the group.";
			return Optional.of(finding(listener, harm).withSeverity(Severity.WARNING));
		}
		return Optional.empty();
	}

	/** Whether the broker accepts the session timeout, as far as it is known. */
	private static boolean allowed(ClusterSetup cluster, long session) {
		return session >= ClusterFacts.number(cluster.brokerSetting(SHORTEST)).orElse(session)
				&& session <= ClusterFacts.number(cluster.brokerSetting(LONGEST)).orElse(session);
	}

	private static Finding refused(ListenerSetup listener, ClusterSetup cluster) {
		Finding finding = finding(listener,
				"The broker refuses a session timeout outside its range: the consumer cannot "
						+ "join its group and reads nothing.");
		for (String key : List.of(SHORTEST, LONGEST)) {
			finding = cluster.brokerSetting(key).map(finding::withEvidence).orElse(finding);
		}
		return finding;
	}

	private static Finding finding(ListenerSetup listener, String harm) {
		ClientConfig config = listener.consumer();
		Finding finding = Finding.of(listener.subject(), harm + " The defaults are 45 s and 3 s.")
			.withEvidence(config.get(SESSION))
			.withEvidence(config.get(HEARTBEAT));
		for (String key : List.of(SESSION, HEARTBEAT)) {
			finding = config.explicit(key) ? finding.withFix(Remedy.delete(config.get(key))) : finding;
		}
		return finding;
	}

}
