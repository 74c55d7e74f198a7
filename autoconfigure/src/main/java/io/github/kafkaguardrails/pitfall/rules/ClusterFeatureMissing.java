package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.auto.service.AutoService;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.PitfallScope;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * Flags listeners and Kafka Streams applications that use a group protocol which the
 * cluster does not offer.
 *
 * <p>
 * Why it hurts: the new rebalance protocol is switched on in a shared file. In the test
 * environment it works; the production cluster was upgraded without finalizing its
 * features, each listener throws {@code UnsupportedVersionException} at its first poll,
 * and nothing is consumed.
 *
 * <p>
 * Wrong: {@code group.protocol: consumer} on a cluster with {@code group.version} 0.
 * Right: {@code kafka-features.sh upgrade --feature group.version=1}, or
 * {@code group.protocol: classic} until then.
 *
 * <p>
 * Legitimate: never. Features that the application may not see are reported as unknown.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kafka.apache.org/documentation/#consumer_rebalance_protocol">Consumer
 * rebalance protocol</a>
 */
@Pitfall(id = "cluster-feature-missing", title = "The cluster does not support a protocol the configuration asks for",
		severity = Severity.ERROR, why = "The listener fails with UnsupportedVersionException at its first poll.",
		remedy = "spring.kafka.consumer.properties.group.protocol: classic, or finalize the feature in the cluster",
		scope = PitfallScope.CLUSTER, since = "0.1.0")
@AutoService(PitfallRule.class)
public final class ClusterFeatureMissing implements PitfallRule {

	private static final String PROTOCOLS = "group.coordinator.rebalance.protocols";

	private static final String PROTOCOL = "group.protocol";

	@Override
	public List<Finding> check(KafkaSetup setup) {
		Stream<Need> listeners = setup.listeners()
			.stream()
			.filter((listener) -> listener.container().type() == ContainerSetup.Type.SHARE
					|| GroupProtocolConflicts.consumer(listener.consumer()))
			.map((listener) -> new Need(listener.subject(), listener.consumer(),
					(listener.container().type() == ContainerSetup.Type.SHARE) ? "share" : "consumer"));
		Stream<Need> streams = setup.streams()
			.stream()
			.filter((application) -> "streams".equalsIgnoreCase(application.config().string(PROTOCOL)))
			.map((application) -> new Need(application.subject(), application.config(), "streams"));
		return Stream.concat(listeners, streams)
			.flatMap((need) -> setup.cluster(need.config()).flatMap((cluster) -> finding(need, cluster)).stream())
			.toList();
	}

	private static Optional<Finding> finding(Need need, ClusterSetup cluster) {
		if (cluster.features().problem() != null) {
			return Optional.of(Finding.unknown(need.subject(),
					"The features of the cluster could not be read (" + cluster.features().problem() + ")."));
		}
		String feature = need.protocol().equals("consumer") ? "group.version" : need.protocol() + ".version";
		int level = cluster.features().known().orElse(Map.of()).getOrDefault(feature, 0);
		Optional<ConfigValue> protocols = need.protocol().equals("share") ? Optional.empty()
				: cluster.brokerSetting(PROTOCOLS);
		boolean offered = protocols.map((value) -> List.of(value.text().split("\\s*,\\s*")).contains(need.protocol()))
			.orElse(true);
		// early versions of the protocol were switched on by this setting alone
		boolean early = offered && protocols.filter(ConfigValue::explicit).isPresent();
		if (offered && (level > 0 || early)) {
			return Optional.empty();
		}
		Finding finding = Finding.of(need.subject(),
				"The cluster does not offer the group protocol: the first poll fails with UnsupportedVersionException, "
						+ "and nothing is consumed.");
		finding = need.config().given(PROTOCOL).map(finding::withEvidence).orElse(finding);
		if (level == 0) {
			finding = finding.withEvidence(ClusterFacts.of(cluster, feature, level));
		}
		return Optional.of(fixed(offered ? finding : protocols.map(finding::withEvidence).orElse(finding), need,
				cluster, feature));
	}

	private static Finding fixed(Finding finding, Need need, ClusterSetup cluster, String feature) {
		Finding mended = need.config()
			.given(PROTOCOL)
			.map((value) -> finding.withFix(Remedy.change(value, "classic")))
			.orElse(finding);
		return mended.withFix(Fix.action("if the brokers know the protocol, switch it on: "
				+ ClusterCommands.run("kafka-features.sh", cluster, "upgrade --feature " + feature + "=1")));
	}

	/** A client and the group protocol that it uses. */
	private record Need(Subject subject, ClientConfig config, String protocol) {

	}

}
