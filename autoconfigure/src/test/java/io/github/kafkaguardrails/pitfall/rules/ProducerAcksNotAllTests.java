package io.github.kafkaguardrails.pitfall.rules;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;

import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProducerAcksNotAll}. */
class ProducerAcksNotAllTests {

	private final ProducerAcksNotAll rule = new ProducerAcksNotAll();

	@Test
	void flagsAcksOfTheLeaderAlone() {
		assertThat(
				this.rule.check(producer((producer) -> producer.property("acks", "spring.kafka.producer.acks", "1"))))
			.hasSize(1);
	}

	@Test
	void flagsNoAcksGivenAsNumberInCode() {
		assertThat(this.rule.check(producer((producer) -> producer.code("acks", 0)))).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).startsWith("Nobody confirms"));
	}

	@Test
	void ignoresMinusOneWhichMeansAll() {
		assertThat(
				this.rule.check(producer((producer) -> producer.property("acks", "spring.kafka.producer.acks", "-1"))))
			.isEmpty();
	}

	@Test
	void ignoresTheClientDefault() {
		assertThat(this.rule.check(producer((producer) -> {
		}))).isEmpty();
	}

	@Test
	void leavesProducersThatTheClientRefusesToTheOtherRules() {
		assertThat(this.rule.check(producer((producer) -> producer.transactional("orders-").code("acks", "1"))))
			.isEmpty();
		assertThat(this.rule.check(producer((producer) -> producer.code("enable.idempotence", true).code("acks", "1"))))
			.isEmpty();
		assertThat(
				this.rule.check(producer((producer) -> producer.code("enable.idempotence", false).code("acks", "1"))))
			.hasSize(1);
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(producer((producer) -> producer.property("acks", "spring.kafka.producer.acks", "1")))
			.get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.evidence()).singleElement().hasToString("acks = 1 (application.yml:12:13)");
		assertThat(finding.harm()).contains("lost when the leader fails");
		assertThat(finding.fixes()).singleElement()
			.satisfies((fix) -> assertThat(fix.text()).isEqualTo("spring.kafka.producer.acks: all"));
	}

}
