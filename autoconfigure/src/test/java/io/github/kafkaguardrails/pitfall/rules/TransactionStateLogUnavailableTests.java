package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.TestCluster;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TransactionStateLogUnavailable}. */
class TransactionStateLogUnavailableTests {

	private final TransactionStateLogUnavailable rule = new TransactionStateLogUnavailable();

	@Test
	void flagsAClusterThatIsTooSmallForTheLog() {
		Finding finding = check((cluster) -> small(cluster)).get(0);
		assertThat(finding.checked()).isTrue();
		assertThat(finding.severity()).isNull();
		assertThat(finding.subject()).hasToString("producer 'producer'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("transaction-id-prefix = tx- (application.yml:12:13)",
					"transaction.state.log.replication.factor = 3 (broker default)",
					"brokers = 2 (cluster 'localhost:9092')");
		assertThat(finding.harm()).contains("InitProducerId");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).contains("transaction.state.log.replication.factor=1")
				.endsWith("or run 3 brokers"));
	}

	@Test
	void ignoresALogThatExistsOrCanBeMade() {
		assertThat(check((cluster) -> small(cluster).topic("__transaction_state"))).isEmpty();
		assertThat(check((cluster) -> cluster.missingTopic("__transaction_state"))).isEmpty();
		assertThat(check((cluster) -> small(cluster).missingTopic("__transaction_state")
			.broker("transaction.state.log.replication.factor", "2"))).isEmpty();
	}

	@Test
	void ignoresProducersWithoutTransactions() {
		assertThat(this.rule.check(application().withProducer("producer", (producer) -> {
		}).withCluster((cluster) -> small(cluster)).build())).isEmpty();
	}

	@Test
	void isUnknownWhenTheApplicationMayNotSeeTheLog() {
		assertThat(check((cluster) -> {
			small(cluster).broker("authorizer.class.name", "org.example.Authorizer");
			cluster.operations = Reading.of(Set.of("DESCRIBE"));
		})).extracting(Finding::checked).containsExactly(false);
		assertThat(check(
				(cluster) -> small(cluster).unreadableTopic("__transaction_state", "TopicAuthorizationException")))
			.extracting(Finding::checked)
			.containsExactly(false);
		assertThat(check((cluster) -> small(cluster).broker("authorizer.class.name", "org.example.Authorizer")
			.topic("__consumer_offsets"))).extracting(Finding::checked).containsExactly(true);
	}

	@Test
	void isUnknownWhenTheBrokersDoNotShowTheirConfiguration() {
		assertThat(check((cluster) -> small(cluster).brokerConfigProblem = "no permission")).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("no permission"));
	}

	private static TestCluster small(TestCluster cluster) {
		cluster.brokers = List.of(TestCluster.broker(1), TestCluster.broker(2));
		return cluster;
	}

	private List<Finding> check(Consumer<TestCluster> cluster) {
		return this.rule.check(application().withProducer("producer", (producer) -> producer.transactional("tx-"))
			.withCluster(cluster)
			.build());
	}

}
