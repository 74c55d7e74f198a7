package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.Subscription;
import io.github.kafkaguardrails.setup.TestCluster;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TopicReplicationFactorTooLow}. */
class TopicReplicationFactorTooLowTests {

	private final TopicReplicationFactorTooLow rule = new TopicReplicationFactorTooLow();

	@ParameterizedTest
	@CsvSource({ "3,2,true", "3,1,true", "3,3,false", "5,2,true", "5,3,false", "2,1,true", "2,2,false" })
	void comparesWithThreeAndTheNumberOfBrokers(int brokers, int replicas, boolean flagged) {
		assertThat(check((cluster) -> replicated(cluster, brokers, replicas)).size()).isEqualTo(flagged ? 1 : 0);
	}

	@Test
	void mentionsASingleBrokerOnce() {
		assertThat(check((cluster) -> replicated(cluster, 1, 1).topic("payments"))).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.severity()).isEqualTo(Severity.INFO);
				assertThat(finding.subject()).hasToString("cluster 'localhost:9092'");
				assertThat(finding.harm()).contains("one broker");
			});
	}

	@Test
	void ignoresTopicsThatTheApplicationDoesNotUse() {
		assertThat(check((cluster) -> cluster.topic("orders").topic("foreign", (topic) -> topic.replicas = List.of(1))))
			.isEmpty();
	}

	@Test
	void isSilentInDevelopment() {
		TestSetup application = application().withListener("one", (listener) -> {
		}).withCluster((cluster) -> replicated(cluster, 3, 1));
		application.development = true;
		assertThat(this.rule.check(application.build())).isEmpty();
	}

	@Test
	void givesTopicsOfOneCauseTheSameWords() {
		List<Finding> findings = check(
				(cluster) -> replicated(cluster, 3, 2).topic("payments", (topic) -> topic.replicas = List.of(2, 3)));
		assertThat(findings).extracting(Finding::subject)
			.extracting(Object::toString)
			.containsExactly("topic 'orders'", "topic 'payments'");
		assertThat(findings).extracting((finding) -> List.of(finding.evidence(), finding.harm(), finding.fixes()))
			.containsOnly(List.of(findings.get(0).evidence(), findings.get(0).harm(), findings.get(0).fixes()));
		assertThat(findings.get(0).evidence()).singleElement()
			.hasToString("replication factor = 2 (cluster 'localhost:9092')");
		assertThat(findings.get(0).harm()).contains("The cluster has 3 brokers");
		assertThat(findings.get(0).fixes())
			.containsExactly(Fix.action("write 3 replicas for each partition of orders, payments into plan.json, then "
					+ "kafka-reassign-partitions.sh --bootstrap-server localhost:9092 "
					+ "--reassignment-json-file plan.json --execute"));
	}

	private static TestCluster replicated(TestCluster cluster, int brokers, int replicas) {
		List<Integer> all = List.of(1, 2, 3, 4, 5);
		cluster.brokers = all.subList(0, brokers).stream().map(TestCluster::broker).toList();
		return cluster.topic("orders", (topic) -> topic.replicas = all.subList(0, replicas));
	}

	private List<Finding> check(Consumer<TestCluster> cluster) {
		return this.rule.check(application()
			.withListener("one", (listener) -> listener.subscription = Subscription.ofTopics("orders", "payments"))
			.withCluster(cluster)
			.build());
	}

}
