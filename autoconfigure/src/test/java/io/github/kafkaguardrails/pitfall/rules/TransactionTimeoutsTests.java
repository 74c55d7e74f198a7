package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.TestCluster;
import io.github.kafkaguardrails.setup.TestSetup.ProducerBuilder;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TransactionTimeouts}. */
class TransactionTimeoutsTests {

	private static final String PROPERTY = "spring.kafka.producer.properties.transaction.timeout.ms";

	@ParameterizedTest
	@CsvSource({ "900000,false", "900001,true" })
	void comparesWithTheLimitOfTheBrokers(int timeout, boolean flagged) {
		assertThat(check((producer) -> producer.transactional("tx-").code("transaction.timeout.ms", timeout),
				(cluster) -> {
				})
			.size()).isEqualTo(flagged ? 1 : 0);
	}

	@Test
	void ignoresProducersWithoutTransactions() {
		assertThat(check((producer) -> producer.code("transaction.timeout.ms", 900_001), (cluster) -> {
		})).isEmpty();
	}

	@Test
	void leavesRefusedValuesToTheirOwnRule() {
		assertThat(check((producer) -> producer.transactional("tx-").code("transaction.timeout.ms", 900_001L),
				(cluster) -> {
				}))
			.isEmpty();
	}

	@Test
	void flagsTheDefaultWhenTheBrokersAllowLess() {
		assertThat(check((producer) -> producer.transactional("tx-"),
				(cluster) -> cluster.broker("transaction.max.timeout.ms", "30000")))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, 30_000)));
	}

	@Test
	void isUnknownWhenTheBrokersDoNotShowTheirConfiguration() {
		assertThat(check((producer) -> producer.transactional("tx-"),
				(cluster) -> cluster.brokerConfigProblem = "no permission"))
			.extracting(Finding::checked)
			.containsExactly(false);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = check(
				(producer) -> producer.transactional("tx-")
					.property("transaction.timeout.ms", "spring.kafka.properties.transaction.timeout.ms", 1_000_000),
				(cluster) -> {
				})
			.get(0);
		assertThat(finding.severity()).isEqualTo(Severity.ERROR);
		assertThat(finding.subject()).hasToString("producer 'producer'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("transaction.timeout.ms = 1000000 (application.yml:12:13)",
					"transaction.max.timeout.ms = 900000 (broker default)");
		assertThat(finding.harm()).contains("no transaction can begin");
		assertThat(finding.fixes()).containsExactly(Fix.set("spring.kafka.properties.transaction.timeout.ms", 900_000));
	}

	private static List<Finding> check(Consumer<ProducerBuilder> producer, Consumer<TestCluster> cluster) {
		return TransactionTimeouts
			.findings(application().withProducer("producer", producer).withCluster(cluster).build())
			.toList();
	}

}
