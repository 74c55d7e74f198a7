package io.github.kafkaguardrails.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.Proves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Proofs of rules about producers and transactions. */
class ProducerProofsIntegrationTests {

	private final String topic = ProofClients.BROKER.topic("proof", 1);

	@Test
	@Proves("producer-delivery-timeout-inconsistent")
	void aProducerIsNotCreatedWhenItsTimeoutsDoNotFit() {
		Map<String, Object> inconsistent = Map.of("delivery.timeout.ms", 10_000, "request.timeout.ms", 30_000);
		assertRejected(inconsistent);
		assertThatNoException()
			.isThrownBy(() -> ProofClients.producer(Map.of("delivery.timeout.ms", 40_000, "request.timeout.ms", 30_000))
				.close());
	}

	@Test
	@Proves("producer-config-rejected")
	void aProducerIsNotCreatedWhenIdempotenceAndAcksContradictEachOther() {
		assertRejected(Map.of("enable.idempotence", true, "acks", "1"));
		assertThatNoException().isThrownBy(() -> ProofClients.producer(Map.of("enable.idempotence", true)).close());
	}

	private static void assertRejected(Map<String, Object> config) {
		assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> ProofClients.producer(config).close())
			.satisfiesAnyOf((ex) -> assertThat(ex).isInstanceOf(ConfigException.class),
					(ex) -> assertThat(ex).hasCauseInstanceOf(ConfigException.class));
	}

	@Test
	@Proves("topic-missing")
	void aRecordForAMisspeltTopicIsNeverWritten() {
		try (Producer<String, String> producer = ProofClients.producer(Map.of("max.block.ms", 500))) {
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> producer.send(new ProducerRecord<>(this.topic + "s", "lost")).get())
				.withCauseInstanceOf(TimeoutException.class);
			assertThatNoException()
				.isThrownBy(() -> producer.send(new ProducerRecord<>(this.topic, "kept")).get(20, TimeUnit.SECONDS));
		}
	}

	@Test
	@Proves("producer-null-key")
	void aCompactedTopicRefusesARecordWithoutAKey() {
		String compacted = ProofClients.BROKER.topic("proof", 1, Map.of("cleanup.policy", "compact"));
		try (Producer<String, String> producer = ProofClients.producer(Map.of())) {
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> producer.send(new ProducerRecord<>(compacted, "lost")).get())
				.withCauseInstanceOf(InvalidRecordException.class);
			assertThatNoException().isThrownBy(
					() -> producer.send(new ProducerRecord<>(compacted, "key", "kept")).get(20, TimeUnit.SECONDS));
		}
	}

	@Test
	@Proves("producer-request-exceeds-topic-limit")
	void aRecordThatTheProducerLetsThroughIsRefusedByTheTopic() {
		String narrow = ProofClients.BROKER.topic("proof", 1, Map.of("max.message.bytes", "1000"));
		try (Producer<String, String> producer = ProofClients.producer(Map.of())) {
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> producer.send(new ProducerRecord<>(narrow, "x".repeat(2_000))).get())
				.withCauseInstanceOf(RecordTooLargeException.class);
		}
	}

	@Test
	@Proves("transaction-consumer-read-uncommitted")
	void aRecordThatWasRolledBackIsRead() throws Exception {
		rollBackAndCommit();
		assertThat(read("read_uncommitted")).containsExactly("rolled back", "committed");
	}

	@Test
	void aRecordThatWasRolledBackIsNotReadByAConsumerOfCommittedRecords() throws Exception {
		rollBackAndCommit();
		assertThat(read("read_committed")).containsExactly("committed");
	}

	private void rollBackAndCommit() throws Exception {
		try (Producer<String, String> producer = ProofClients.producer(Map.of("transactional.id", this.topic))) {
			producer.initTransactions();
			producer.beginTransaction();
			send(producer, this.topic, "rolled back");
			producer.abortTransaction();
			producer.beginTransaction();
			send(producer, this.topic, "committed");
			producer.commitTransaction();
		}
	}

	private List<String> read(String isolationLevel) {
		List<String> values = new ArrayList<>();
		try (Consumer<String, String> consumer = ProofClients.consumer(ProofClients.newGroup(),
				Map.of("isolation.level", isolationLevel))) {
			consumer.subscribe(List.of(this.topic));
			ProofClients.pollUntil(consumer, values, () -> values.contains("committed"));
		}
		return values;
	}

	@Test
	@Proves("transaction-id-prefix-not-unique")
	void theSecondInstanceWithATransactionalIdStopsTheFirst() {
		try (Producer<String, String> first = ProofClients.producer(Map.of("transactional.id", this.topic));
				Producer<String, String> second = ProofClients.producer(Map.of("transactional.id", this.topic));
				Producer<String, String> unique = ProofClients.producer(Map.of("transactional.id", this.topic + "2"))) {
			first.initTransactions();
			first.beginTransaction();
			second.initTransactions();
			unique.initTransactions();
			assertThatException().isThrownBy(() -> {
				send(first, this.topic, "lost");
				first.commitTransaction();
			})
				.satisfies((ex) -> assertThat(causes(ex)).anyMatch((cause) -> cause instanceof ProducerFencedException
						|| cause instanceof InvalidProducerEpochException));
			assertThatNoException().isThrownBy(() -> {
				unique.beginTransaction();
				send(unique, this.topic, "kept");
				unique.commitTransaction();
			});
		}
	}

	@Test
	@Proves("transaction-timeout-mismatch")
	void theBrokerRefusesATransactionTimeoutAboveItsOwn() {
		try (Producer<String, String> producer = ProofClients
			.producer(Map.of("transactional.id", this.topic, "transaction.timeout.ms", 1_000_000))) {
			assertThatExceptionOfType(KafkaException.class).isThrownBy(producer::initTransactions)
				.withMessageContaining("larger than the maximum value allowed by the broker");
		}
	}

	private static void send(Producer<String, String> producer, String topic, String value) throws Exception {
		producer.send(new ProducerRecord<>(topic, value)).get(20, TimeUnit.SECONDS);
	}

	private static List<Throwable> causes(Throwable thrown) {
		List<Throwable> causes = new ArrayList<>();
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			causes.add(cause);
		}
		return causes;
	}

}
