package io.github.kafkaguardrails.errorhandling;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.ContainerProperties.EOSMode;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.serializer.DeserializationException;

import io.github.kafkaguardrails.setup.ErrorHandlingDescriber;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;

/**
 * Handles failures of a transactional container after the transaction was rolled back, so
 * that nothing of the failed attempt becomes visible. The offset of a record that was
 * ended is committed in a transaction of its own. Runs on a consumer thread.
 *
 * <p>
 * The batch of a batch listener is tried again and ended as a whole: what was before a
 * failed record has been rolled back with it.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class RollbackProcessor<K, V> implements AfterRollbackProcessor<K, V>, ErrorHandlingDescriber {

	private final FailedRecordEngine engine;

	private final @Nullable KafkaOperations<?, ?> transactional;

	/**
	 * A processor.
	 * @param engine handles the records
	 * @param transactional sends offsets to the transaction that is bound to the thread,
	 * or {@code null} when the container's transactions are not those of Kafka
	 */
	RollbackProcessor(FailedRecordEngine engine, @Nullable KafkaOperations<?, ?> transactional) {
		this.engine = engine;
		this.transactional = transactional;
	}

	@Override
	public boolean isProcessInTransaction() {
		return this.transactional != null;
	}

	@Override
	public void process(List<ConsumerRecord<K, V>> records, Consumer<K, V> consumer,
			@Nullable MessageListenerContainer container, Exception exception, boolean recoverable, EOSMode eosMode) {
		handle(records.subList(0, 1), records, consumer, container, exception);
	}

	@Override
	public void processBatch(ConsumerRecords<K, V> records, List<ConsumerRecord<K, V>> batch, Consumer<K, V> consumer,
			@Nullable MessageListenerContainer container, Exception exception, boolean recoverable, EOSMode eosMode) {
		if (RedeliveryException.unwrap(exception) instanceof DeserializationException) {
			// the filter could not end a record and stops the container
			Positions.seekToFirst(batch, consumer);
			return;
		}
		handle(batch, batch, consumer, container, exception);
	}

	private void handle(List<ConsumerRecord<K, V>> failedRecords, List<ConsumerRecord<K, V>> rolledBack,
			Consumer<K, V> consumer, @Nullable MessageListenerContainer container, Exception exception) {
		Positions.seekToFirst(rolledBack, consumer);
		if (container == null) {
			return;
		}
		Exception failure = RedeliveryException.unwrap(exception);
		if (!ListenerFailures.isRecordFailure(failure)) {
			this.engine.awaitRecovery(consumer, container);
			return;
		}
		FailedRecord first = this.engine.failed(failedRecords.get(0), failure);
		if (this.engine.retries(first)) {
			this.engine.awaitRetry(first, consumer, container);
			return;
		}
		for (int i = 0; i < failedRecords.size(); i++) {
			FailedRecord failed = this.engine.memberOfFailedBatch(failedRecords.get(i), failure, first.attempts());
			if (!this.engine.end(failed, consumer, container)) {
				commit(failedRecords.subList(0, i), consumer, container);
				return;
			}
			Positions.seekPast(failed.record(), consumer);
		}
		commit(failedRecords, consumer, container);
	}

	private void commit(List<ConsumerRecord<K, V>> ended, Consumer<K, V> consumer, MessageListenerContainer container) {
		Map<TopicPartition, OffsetAndMetadata> offsets = Positions.offsets(ended, consumer, container);
		if (offsets.isEmpty()) {
			return;
		}
		if (this.transactional != null) {
			this.transactional.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
		}
		else {
			Positions.commit(ended, consumer, container);
		}
	}

	@Override
	public ErrorHandlingSetup describeErrorHandling() {
		return this.engine.plan().description();
	}

}
