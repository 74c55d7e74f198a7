package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.function.Consumer;

import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.Fix;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.TestActivity;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ProducerSendFailures}. */
class ProducerSendFailuresTests {

	private final ProducerSendFailures rule = new ProducerSendFailures();

	@Test
	void flagsRecordsThatATemplateGaveUp() {
		assertThat(this.rule.check(
				setup((activity) -> activity.failed("orders", RecordTooLargeException.class, 2, Duration.ofMinutes(10))
					.failed("orders", TimeoutException.class, 1, Duration.ZERO))))
			.hasSize(2);
	}

	@Test
	void ignoresRecordsThatWereGivenUpLongAgo() {
		assertThat(this.rule.check(setup((activity) -> activity.failed("orders", RecordTooLargeException.class, 2,
				Duration.ofMinutes(10).plusMillis(1)))))
			.isEmpty();
	}

	@Test
	void ignoresRecordsOfATransactionThatWasRolledBack() {
		assertThat(this.rule
			.check(setup((activity) -> activity.failed("orders", TransactionAbortedException.class, 2, Duration.ZERO))))
			.isEmpty();
	}

	@Test
	void flagsAProducerWhoseErrorsIncreaseWithoutATemplate() {
		assertThat(this.rule
			.check(setup((activity) -> activity.producer((producer) -> producer.values("record-error-total", 3, 3, 4)
				.topicValues("record-error-total", 3, 3, 4)))))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.evidence()).extracting(Object::toString)
				.containsExactly("records given up by client-1 = 1 (observed while running)",
						"records given up for orders = 1 (observed while running)"));
	}

	@Test
	void ignoresErrorsThatDoNotIncrease() {
		assertThat(this.rule.check(
				setup((activity) -> activity.producer((producer) -> producer.values("record-error-total", 3, 3, 3)))))
			.isEmpty();
	}

	@Test
	void tellsErrorsOnceWhenATemplateExplainsThem() {
		assertThat(this.rule
			.check(setup((activity) -> activity.producer((producer) -> producer.values("record-error-total", 0, 2))
				.failed("orders", RecordTooLargeException.class, 2, Duration.ZERO))))
			.hasSize(1);
	}

	@Test
	void leavesTheErrorsOfTransactionsToTheirCallers() {
		assertThat(this.rule
			.check(application().withProducer("kafkaProducerFactory", (producer) -> producer.transactional("orders-"))
				.withActivity(
						(activity) -> activity.producer((producer) -> producer.values("record-error-total", 0, 2)))
				.build()))
			.isEmpty();
	}

	@Test
	void saysWhatWhereAndHowToMend() {
		Finding finding = this.rule
			.check(setup((activity) -> activity.failed("orders", RecordTooLargeException.class, 2, Duration.ZERO)))
			.get(0);
		assertThat(finding.subject()).hasToString("producer 'kafkaProducerFactory'");
		assertThat(finding.harm()).contains("'orders'", "RecordTooLargeException", "lost");
		assertThat(finding.evidence()).extracting(Object::toString)
			.containsExactly("records given up = 2 (observed while running)",
					"max.request.size = 1048576 (Kafka client default)");
		assertThat(finding.fixes()).extracting(Fix::text)
			.satisfiesExactly((first) -> assertThat(first).contains("max.request.size", "max.message.bytes"),
					(second) -> assertThat(second).contains("future"));
	}

	private static KafkaSetup setup(Consumer<TestActivity> customizer) {
		return application().withProducer("kafkaProducerFactory", (producer) -> {
		}).withActivity(customizer).build();
	}

}
