package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TransactionConfigurationRejected}. */
class TransactionConfigurationRejectedTests {

	private final TransactionConfigurationRejected rule = new TransactionConfigurationRejected();

	@ParameterizedTest
	@CsvSource({ "acks,0", "acks,1", "retries,0", "enable.idempotence,false" })
	void flagsWhatTransactionsCannotWorkWithAndNothingWithoutThem(String key, String value) {
		assertThat(this.rule.check(producer((producer) -> producer.transactional("orders-").code(key, value))))
			.hasSize(1);
		assertThat(this.rule.check(producer((producer) -> producer.code(key, value)))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "acks,-1", "acks,all", "acks,2", "retries,1", "enable.idempotence,true",
			"max.in.flight.requests.per.connection,6" })
	void ignoresWhatTransactionsWorkWithAndWhatIsAnotherFinding(String key, String value) {
		assertThat(this.rule.check(producer((producer) -> producer.transactional("orders-").code(key, value))))
			.isEmpty();
	}

	@Test
	void flagsEachCause() {
		List<Finding> findings = this.rule
			.check(producer((producer) -> producer.transactional("orders-").code("acks", "1").code("retries", 0)));
		assertThat(findings).extracting((finding) -> finding.evidence().get(0).key())
			.containsExactly("acks", "retries");
		assertThat(findings).extracting(Finding::severity).containsOnly(Severity.ERROR);
	}

	@Test
	void onlyWarnsAboutAFactoryThatMayStillChangeTheValue() {
		assertThat(this.rule.check(producer((producer) -> {
			producer.customized = true;
			producer.transactional("orders-").code("acks", "1");
		}))).extracting(Finding::severity).containsExactly(Severity.WARNING);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(producer(
				(producer) -> producer.transactional("orders-").property("acks", "spring.kafka.producer.acks", "1")))
			.get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("acks = 1 (" + TestSetup.FILE + ")",
					"transaction-id-prefix = orders- (" + TestSetup.FILE + ")");
		assertThat(finding.harm()).contains("the first transaction fails");
		assertThat(finding.fixes()).containsExactly(Fix.set("spring.kafka.producer.acks", "all"));
	}

}
