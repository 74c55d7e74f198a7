package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.BrokerSetup;
import io.github.kafkaguardrails.setup.BrokerSetup.Address;
import io.github.kafkaguardrails.setup.ClusterOutage;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.TestCluster;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ClusterAdvertisedListenerUnreachable}. */
class ClusterAdvertisedListenerUnreachableTests {

	private final ClusterAdvertisedListenerUnreachable rule = new ClusterAdvertisedListenerUnreachable();

	@Test
	void flagsBrokersThatPointAtTheClientsOwnMachine() {
		Finding finding = check("kafka.example.com:9092", Address.LOOPBACK).get(0);
		assertThat(finding.severity()).isEqualTo(Severity.ERROR);
		assertThat(finding.subject()).hasToString("cluster 'kafka.example.com:9092'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("address of broker 1 = host-1:9092 (this machine) (cluster 'kafka.example.com:9092')");
		assertThat(finding.harm()).startsWith("The first connection succeeds, but everything after it fails");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).contains("advertised.listeners="));
	}

	@Test
	void warnsWhenOnlySomeAreLost() {
		assertThat(check("kafka.example.com:9092", Address.REMOTE, Address.UNRESOLVED)).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.severity()).isEqualTo(Severity.WARNING);
				assertThat(finding.evidence()).singleElement()
					.satisfies((value) -> assertThat(value.text()).isEqualTo("host-2:9092 (does not resolve)"));
			});
	}

	@Test
	void flagsDockersAddressOfTheHostBecauseTheClientIsInAContainer() {
		assertThat(check("host.docker.internal:9092", Address.LOOPBACK)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:9092", "127.0.0.1:9092", "0.0.0.0:9092", "[::1]:9092", "${KAFKA}" })
	void ignoresLoopbackAddressesForAClientOnTheSameMachine(String bootstrap) {
		assertThat(check(bootstrap, Address.LOOPBACK)).isEmpty();
		assertThat(check(bootstrap, Address.UNRESOLVED)).hasSize(1);
	}

	@Test
	void ignoresBrokersOnOtherMachines() {
		assertThat(check("kafka.example.com:9092", Address.REMOTE)).isEmpty();
	}

	@Test
	void ignoresABrokerThatHasAnswered() {
		assertThat(check((cluster) -> {
			brokers(cluster, "kafka.example.com:9092", Address.LOOPBACK);
			cluster.topic("orders", (topic) -> topic.leader = 1);
		})).isEmpty();
		assertThat(check((cluster) -> {
			brokers(cluster, "kafka.example.com:9092", Address.LOOPBACK);
			cluster.topic("orders", (topic) -> {
				topic.leader = 1;
				topic.offsets = Reading.unknown("TimeoutException");
			});
		})).hasSize(1);
	}

	@Test
	void seesTheBrokersOfAClusterThatAnswersNothingElse() {
		ClusterSetup silent = ClusterSetup
			.unreachable(Set.of("kafka.example.com:9092"),
					new ClusterOutage(ClusterOutage.Kind.TIMEOUT, "TimeoutException"))
			.withBrokers(List.of(new BrokerSetup(1, "localhost", 9092, null, Address.LOOPBACK)));
		assertThat(this.rule.check(application().build().withClusters(List.of(silent)))).singleElement()
			.satisfies((finding) -> assertThat(finding.severity()).isEqualTo(Severity.ERROR));
	}

	private static void brokers(TestCluster cluster, String bootstrap, Address... addresses) {
		cluster.bootstrapServers = Set.of(bootstrap);
		cluster.brokers = IntStream.rangeClosed(1, addresses.length)
			.mapToObj((id) -> new BrokerSetup(id, "host-" + id, 9092, null, addresses[id - 1]))
			.toList();
	}

	private List<Finding> check(String bootstrap, Address... addresses) {
		return check((cluster) -> brokers(cluster, bootstrap, addresses));
	}

	private List<Finding> check(Consumer<TestCluster> cluster) {
		return this.rule.check(application().withCluster(cluster).build());
	}

}
