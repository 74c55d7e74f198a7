package io.github.kafkaguardrails.samples.orders;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OrderLedgerTests {

	private final OrderLedger ledger = new OrderLedger(List.of("payments", "shipping"));

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private final ProgressBar bar = new ProgressBar("Handling",
			new PrintStream(this.output, true, StandardCharsets.UTF_8), false);

	@Test
	void countsALineOnceAndItsOtherDeliveriesAsRetries() {
		this.ledger.received("payments", record(1));
		this.ledger.received("payments", record(1));
		this.ledger.received("payments", record(1));
		this.ledger.processed("payments", record(1));
		this.ledger.processed("payments", record(1));
		assertThat(payments(1)).isEqualTo(new FeedReport.Column("payments", 1, 2, 1, 0, Map.of(), 0));
	}

	@Test
	void countsDeadLettersByCause() {
		this.ledger.deadLettered("payments", record(1), "PaymentDeclinedException");
		this.ledger.deadLettered("payments", record(1), "PaymentDeclinedException");
		this.ledger.deadLettered("payments", record(2), "PaymentDeclinedException");
		this.ledger.deadLettered("payments", record(3), "SerializationException");
		assertThat(payments(3).causes()).isEqualTo(Map.of("PaymentDeclinedException", 2, "SerializationException", 1));
		assertThat(payments(3).lost()).isZero();
	}

	@Test
	void countsKeysWhoseLinesWereProcessedInAnotherOrder() {
		this.ledger.processed("payments", record(2, "anna"));
		this.ledger.processed("payments", record(5, "anna"));
		this.ledger.processed("payments", record(1, "bert"));
		this.ledger.processed("payments", record(6, null));
		this.ledger.processed("payments", record(3, null));
		assertThat(payments(6).reversedKeys()).isZero();
		this.ledger.processed("payments", record(2, "anna"));
		assertThat(payments(6).reversedKeys()).as("delivered again").isZero();
		this.ledger.processed("payments", record(4, "anna"));
		assertThat(payments(6).reversedKeys()).isOne();
	}

	@Test
	void callsALineLostThatOnlyTheOtherListenerIsDoneWith() {
		this.ledger.processed("shipping", record(1));
		assertThat(payments(1).lost()).isOne();
		assertThat(this.ledger.report(1).lost()).isOne();
	}

	@Test
	void callsALineLostEvenIfAnotherIsBothProcessedAndDeadLettered() {
		this.ledger.processed("payments", record(1));
		this.ledger.deadLettered("payments", record(1), "PaymentDeclinedException");
		assertThat(payments(2).lost()).isOne();
	}

	@Test
	void ignoresRecordsOfOthers() {
		ConsumerRecord<String, Order> plain = new ConsumerRecord<>("orders", 0, 0, "anna", null);
		ConsumerRecord<String, Order> other = new ConsumerRecord<>("orders", 0, 0, "anna", null);
		other.headers().add(new OrderLedger(List.of("payments")).header(1));
		this.ledger.received("payments", plain);
		this.ledger.received("payments", other);
		this.ledger.received("somebody-else", record(1));
		assertThat(payments(1).received()).isZero();
	}

	@Test
	void waitsUntilEveryListenerIsDoneWithEveryLine() throws Exception {
		this.ledger.processed("payments", record(1));
		CompletableFuture<Void> last = CompletableFuture
			.runAsync(() -> this.ledger.deadLettered("shipping", record(1), "PaymentDeclinedException"));
		this.ledger.await(1, Duration.ofMinutes(1), this.bar);
		last.join();
		assertThat(this.ledger.report(1).lost()).isZero();
	}

	@Test
	void showsTheEndOfTheWayEvenIfItIsThereAlready() throws Exception {
		this.ledger.processed("payments", record(1));
		this.ledger.processed("shipping", record(1));
		this.ledger.await(1, Duration.ofMinutes(1), this.bar);
		assertThat(this.output.toString(StandardCharsets.UTF_8)).contains("2 of 2");
	}

	@Test
	void givesUpWhenNothingHappens() throws Exception {
		this.ledger.processed("payments", record(1));
		this.ledger.await(1, Duration.ofMillis(20), this.bar);
		assertThat(this.ledger.report(1).lost()).isOne();
	}

	private FeedReport.Column payments(int sent) {
		return this.ledger.report(sent).columns().get(0);
	}

	private ConsumerRecord<String, Order> record(int line) {
		return record(line, "anna");
	}

	private ConsumerRecord<String, Order> record(int line, @Nullable String key) {
		ConsumerRecord<String, Order> record = new ConsumerRecord<>("orders", 0, 0, key, null);
		record.headers().add(this.ledger.header(line));
		return record;
	}

}
