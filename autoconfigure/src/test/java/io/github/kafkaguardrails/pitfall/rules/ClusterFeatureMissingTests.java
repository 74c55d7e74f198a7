package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.ContainerSetup;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.TestCluster;
import io.github.kafkaguardrails.setup.TestSetup.ListenerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ClusterFeatureMissing}. */
class ClusterFeatureMissingTests {

	private static final String PROTOCOLS = "group.coordinator.rebalance.protocols";

	private static final String PROPERTY = "spring.kafka.consumer.properties.group.protocol";

	private final ClusterFeatureMissing rule = new ClusterFeatureMissing();

	@Test
	void flagsTheConsumerProtocolWithoutItsFeature() {
		Finding finding = check(ClusterFeatureMissingTests::consumerProtocol,
				(cluster) -> cluster.features = Reading.of(Map.of("transaction.version", 2)))
			.get(0);
		assertThat(finding.severity()).isNull();
		assertThat(finding.subject()).hasToString("listener 'one'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("group.protocol = CONSUMER (application.yml:12:13)",
					"group.version = 0 (cluster 'localhost:9092')");
		assertThat(finding.harm()).contains("UnsupportedVersionException");
		assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, "classic"),
				Fix.action("if the brokers know the protocol, switch it on: kafka-features.sh --bootstrap-server "
						+ "localhost:9092 upgrade --feature group.version=1"));
	}

	@Test
	void ignoresAClusterThatOffersIt() {
		assertThat(check(ClusterFeatureMissingTests::consumerProtocol, (cluster) -> {
		})).isEmpty();
	}

	@Test
	void ignoresTheClassicProtocol() {
		assertThat(check((listener) -> {
		}, (cluster) -> cluster.features = Reading.of(Map.of()))).isEmpty();
	}

	@Test
	void flagsBrokersThatExcludeTheProtocol() {
		assertThat(check(ClusterFeatureMissingTests::consumerProtocol,
				(cluster) -> cluster.broker(PROTOCOLS, "classic, share")))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.evidence()).last()
				.hasToString(PROTOCOLS + " = classic, share (broker 1)"));
	}

	@Test
	void isSilentAboutEarlyBrokersThatSwitchTheProtocolOnByASetting() {
		assertThat(check(ClusterFeatureMissingTests::consumerProtocol, (cluster) -> {
			cluster.features = Reading.of(Map.of());
			cluster.broker(PROTOCOLS, "classic, consumer");
		})).isEmpty();
	}

	@Test
	void flagsShareGroupsWithoutTheirFeature() {
		Consumer<ListenerBuilder> share = (listener) -> listener.type = ContainerSetup.Type.SHARE;
		assertThat(check(share, (cluster) -> cluster.features = Reading.of(Map.of("group.version", 1)))).singleElement()
			.satisfies((finding) -> assertThat(finding.evidence()).singleElement()
				.hasToString("share.version = 0 (cluster 'localhost:9092')"));
		assertThat(check(share, (cluster) -> {
		})).isEmpty();
	}

	@Test
	void flagsTheStreamsProtocolWithoutItsFeature() {
		assertThat(streams(Map.of("streams.version", 0))).singleElement()
			.satisfies((finding) -> assertThat(finding.subject()).hasToString("streams 'totals'"));
		assertThat(streams(Map.of("streams.version", 1))).isEmpty();
	}

	@Test
	void isUnknownWhenTheFeaturesCouldNotBeRead() {
		assertThat(check(ClusterFeatureMissingTests::consumerProtocol,
				(cluster) -> cluster.features = Reading.unknown("no permission")))
			.extracting(Finding::checked)
			.containsExactly(false);
	}

	private static void consumerProtocol(ListenerBuilder listener) {
		listener.property("group.protocol", PROPERTY, "CONSUMER");
	}

	private List<Finding> streams(Map<String, Integer> features) {
		return this.rule
			.check(application()
				.withStreams("totals",
						(streams) -> streams.code("bootstrap.servers", "localhost:9092")
							.code("group.protocol", "streams"))
				.withCluster((cluster) -> cluster.features = Reading.of(features))
				.build());
	}

	private List<Finding> check(Consumer<ListenerBuilder> listener, Consumer<TestCluster> cluster) {
		return this.rule.check(application().withListener("one", listener).withCluster(cluster).build());
	}

}
