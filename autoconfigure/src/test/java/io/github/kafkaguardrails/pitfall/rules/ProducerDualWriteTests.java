package io.github.kafkaguardrails.pitfall.rules;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Severity;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.SendActivity;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProducerDualWrite}. */
class ProducerDualWriteTests {

	private final ProducerDualWrite rule = new ProducerDualWrite();

	private static final String HOLDER = "org.springframework.jdbc.datasource.ConnectionHolder";

	@Test
	void flagsARecordThatIsSentInATransactionOfADatabase() {
		assertThat(this.rule.check(setup("com.example.Orders", false, false))).singleElement()
			.satisfies((finding) -> assertThat(finding.severity()).isNull());
	}

	@Test
	void isInformationWhenTheTemplateIsTransactional() {
		assertThat(this.rule.check(setup("com.example.Orders", true, false))).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.INFO);
			assertThat(finding.harm()).contains("one after the other");
		});
	}

	@Test
	void isInformationAfterTheCommit() {
		assertThat(this.rule.check(setup("com.example.Orders", false, true))).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.INFO);
			assertThat(finding.harm()).contains("after the transaction");
		});
	}

	@Test
	void ignoresTheRelayOfAnOutbox() {
		assertThat(this.rule.check(setup("com.example.OutboxRelay", false, false))).isEmpty();
		assertThat(this.rule.check(setup("com.example.outbox.Relay", false, false))).isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule.check(setup("com.example.Orders", false, false)).get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.harm()).contains("although the transaction rolls back");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("sent by = com.example.Orders (observed while running)",
					"topic = orders (observed while running)",
					"resource of the transaction = " + HOLDER + " (observed while running)");
		assertThat(finding.fixes()).singleElement().satisfies((fix) -> assertThat(fix.text()).contains("outbox"));
	}

	private static KafkaSetup setup(String caller, boolean transactional, boolean afterCompletion) {
		return application().withProducer("kafkaProducerFactory", (producer) -> {
		})
			.withActivity((activity) -> activity.inTransaction(new SendActivity.InTransaction("kafkaTemplate", "orders",
					caller, HOLDER, transactional, afterCompletion)))
			.build();
	}

}
