package io.github.kafkaguardrails.pitfall.rules;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.producer;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProducerIdempotenceDisabled}. */
class ProducerIdempotenceDisabledTests {

	private static final String PROPERTY = "spring.kafka.producer.properties.enable.idempotence";

	private final ProducerIdempotenceDisabled rule = new ProducerIdempotenceDisabled();

	@Test
	void flagsIdempotenceThatIsSwitchedOffAndIgnoresTheDefault() {
		assertThat(this.rule.check(producer((producer) -> producer.code("enable.idempotence", "False")))).hasSize(1);
		assertThat(this.rule.check(producer((producer) -> {
		}))).isEmpty();
	}

	@Test
	void flagsNoRetriesWhichSwitchItOffSilentlyAndIgnoresOneRetry() {
		assertThat(this.rule.check(producer((producer) -> producer.code("retries", 0)))).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.harm()).startsWith("With retries = 0").doesNotContain("reordered");
				assertThat(finding.fixes()).extracting(Fix::text)
					.containsExactly("delete retries (set in code by bean 'customFactory')");
			});
		assertThat(this.rule.check(producer((producer) -> producer.code("retries", 1)))).isEmpty();
	}

	@Test
	void leavesWeakAcksToTheirOwnRuleUnlessIdempotenceIsSwitchedOffToo() {
		assertThat(this.rule.check(producer((producer) -> producer.code("acks", "1")))).isEmpty();
		assertThat(this.rule.check(producer((producer) -> producer.code("acks", "0").code("retries", 0)))).isEmpty();
		assertThat(
				this.rule.check(producer((producer) -> producer.code("acks", "1").code("enable.idempotence", false))))
			.hasSize(1);
	}

	@Test
	void leavesWhatTheClientRefusesToTheOtherRules() {
		assertThat(
				this.rule.check(producer((producer) -> producer.code("enable.idempotence", true).code("retries", 0))))
			.isEmpty();
		assertThat(this.rule
			.check(producer((producer) -> producer.transactional("orders-").code("enable.idempotence", false))))
			.isEmpty();
		assertThat(this.rule.check(producer((producer) -> producer.code("enable.idempotence", "off")))).isEmpty();
	}

	@Test
	void mentionsTheOrderOnlyWithSeveralRequestsInFlight() {
		assertThat(disabledWithInFlight(2)).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).contains("with 2 requests in flight"));
		assertThat(disabledWithInFlight(1)).singleElement()
			.satisfies((finding) -> assertThat(finding.harm()).doesNotContain("in flight"));
	}

	@Test
	void limitsTheRequestsInFlightWhenIdempotenceComesBack() {
		assertThat(disabledWithInFlight(6)).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).last()
				.hasFieldOrPropertyWithValue("text",
						"change max.in.flight.requests.per.connection to 5 (set in code by bean 'customFactory')"));
		assertThat(disabledWithInFlight(5)).singleElement()
			.satisfies((finding) -> assertThat(finding.fixes()).hasSize(2));
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(producer((producer) -> producer.property("enable.idempotence", PROPERTY, "false")))
			.get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("enable.idempotence = false (" + TestSetup.FILE + ")",
					"max.in.flight.requests.per.connection = 5 (Kafka client default)");
		assertThat(finding.harm()).contains("it is there twice").contains("Records can be reordered");
		assertThat(finding.fixes()).containsExactly(Fix.set(PROPERTY, true));
	}

	private List<Finding> disabledWithInFlight(int inFlight) {
		return this.rule.check(producer((producer) -> producer.code("enable.idempotence", false)
			.code("max.in.flight.requests.per.connection", inFlight)));
	}

}
