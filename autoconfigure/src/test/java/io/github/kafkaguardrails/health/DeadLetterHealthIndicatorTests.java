package io.github.kafkaguardrails.health;

import java.util.Map;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.TestFailures;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link DeadLetterHealthIndicator} and {@link FailedEndings}. */
class DeadLetterHealthIndicatorTests {

	private final FailedEndings failures = new FailedEndings();

	private final DeadLetterHealthIndicator indicator = new DeadLetterHealthIndicator(this.failures,
			TestFailures.registry("orders-listener", "{topic}-billing-dlt"));

	@Test
	void isUpBeforeAnythingFailed() {
		assertThat(this.indicator.health()).isEqualTo(Health.up().build());
	}

	@Test
	void isDownWhenADeadLetterCannotBeWritten() {
		fail("orders-listener", 7);
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsExactly(Map.entry("orders-listener", Map.of("record", "orders-3@7",
				"topic", "orders-billing-dlt", "exception", TimeoutException.class.getName())));
	}

	@Test
	void namesTheTopicOfTheRecordWhenThereIsNoOther() {
		fail("unknown-listener", 7);
		assertThat(this.indicator.health().getDetails()).containsExactly(Map.entry("unknown-listener",
				Map.of("record", "orders-3@7", "topic", "orders", "exception", TimeoutException.class.getName())));
	}

	@Test
	void showsNoContents() {
		fail("orders-listener", 7);
		assertThat(this.indicator.health().toString()).contains("orders-3@7").doesNotContain("planted");
	}

	@Test
	void isUpWhenALaterRecordIsEnded() {
		fail("orders-listener", 7);
		this.failures.ended(failed("orders-listener", 7), Ending.DEAD_LETTER);
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void isUpWhenALaterRecordIsForwarded() {
		fail("orders-listener", 7);
		this.failures.forwarded(failed("orders-listener", 7), "orders-billing-retry");
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void isUpWhenTheRecordIsProcessedAfterAll() {
		fail("orders-listener", 7);
		this.failures.recovered("orders-listener", TestFailures.record(7), 2);
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void staysDownWhenAnotherRecordIsProcessed() {
		fail("orders-listener", 7);
		this.failures.recovered("orders-listener", TestFailures.record(8), 2);
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void staysDownForTheOtherListener() {
		fail("orders-listener", 7);
		fail("payments-listener", 7);
		this.failures.ended(failed("orders-listener", 8), Ending.SKIP);
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsOnlyKeys("payments-listener");
	}

	@Test
	void remembersABoundedNumberOfListeners() {
		for (int i = 0; i < 1000; i++) {
			fail("listener-" + i, 7);
		}
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).hasSize(256);
	}

	private void fail(String listenerId, long offset) {
		this.failures.endingFailed(failed(listenerId, offset), Ending.DEAD_LETTER,
				new KafkaException("planted in the message", new TimeoutException("planted in the message")), false);
	}

	private static FailedRecord failed(String listenerId, long offset) {
		return TestFailures.failed(listenerId, offset, new IllegalStateException("planted in the message"));
	}

}
