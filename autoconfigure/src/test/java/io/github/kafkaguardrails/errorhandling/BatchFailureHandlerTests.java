package io.github.kafkaguardrails.errorhandling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link BatchFailureHandler}. */
class BatchFailureHandlerTests {

	private static final TopicPartition PARTITION = new TopicPartition("orders", 3);

	@Test
	void goesOnBeforeTheFailedRecordThoughARebalanceForbidsTheCommit() {
		MockConsumer<String, String> consumer = new RebalancingConsumer();
		consumer.assign(List.of(PARTITION));
		consumer.seek(PARTITION, 13);
		List<ConsumerRecord<String, String>> batch = new ArrayList<>();
		for (long offset = 10; offset < 13; offset++) {
			batch.add(TestFailures.record(offset));
		}
		ErrorHandlingSettings settings = ErrorHandlingSettings.of(List.of());
		BatchFailureHandler handler = new BatchFailureHandler(
				TestFailures.engine(new RetryPolicy(settings, null, () -> 0)));
		assertThatExceptionOfType(RedeliveryException.class)
			.isThrownBy(() -> handler.handle(new BatchListenerFailedException("failed", batch.get(1)),
					new ConsumerRecords<>(Map.of(PARTITION, batch), Map.of()), consumer, container(), () -> {
					}));
		assertThat(consumer.position(PARTITION)).isEqualTo(11);
	}

	private static ConcurrentMessageListenerContainer<String, String> container() {
		return new ConcurrentMessageListenerContainer<>(
				new DefaultKafkaConsumerFactory<>(Map.of(), new StringDeserializer(), new StringDeserializer()),
				new ContainerProperties("orders"));
	}

	/** Owns its partitions in the middle of a cooperative rebalance. */
	private static final class RebalancingConsumer extends MockConsumer<String, String> {

		RebalancingConsumer() {
			super("earliest");
		}

		@Override
		public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
			throw new RebalanceInProgressException();
		}

		@Override
		public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
			throw new RebalanceInProgressException();
		}

	}

}
