package io.github.kafkaguardrails.errorhandling;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Failures of batch listeners. A {@link BatchListenerFailedException} tells which record
 * failed: those before it are done, that one is handled like a record of a record
 * listener. Without it nobody knows: the same batch is delivered again, and after the
 * last attempt each of its records is ended.
 */
final class BatchFailureHandler {

	private final FailedRecordEngine engine;

	BatchFailureHandler(FailedRecordEngine engine) {
		this.engine = engine;
	}

	void handle(Exception exception, ConsumerRecords<?, ?> records, Consumer<?, ?> consumer,
			MessageListenerContainer container, Runnable invokeListener) {
		if (exception instanceof RedeliveryException redelivery) {
			throw redelivery;
		}
		List<ConsumerRecord<?, ?>> batch = new ArrayList<>();
		records.forEach(batch::add);
		if (!ListenerFailures.isRecordFailure(exception)) {
			Positions.seekToFirst(batch, consumer);
			this.engine.awaitRecovery(consumer, container);
			throw new RedeliveryException(exception);
		}
		Exception failure = exception;
		Map<TopicPartition, Long> positions = Positions.of(records.partitions(), consumer);
		while (true) {
			int index = failedIndex(failure, batch);
			if (index >= 0) {
				handleRecord(failure, batch, index, consumer, container);
				return;
			}
			FailedRecord failed = this.engine.failed(batch.get(0), failure);
			if (!this.engine.retries(failed)) {
				endAll(failure, batch, consumer, container, failed.attempts());
				return;
			}
			if (Positions.isManual(container)) {
				// only what the container itself delivers can be rejected or left open
				Positions.seekToFirst(batch, consumer);
				this.engine.awaitRetry(failed, consumer, container);
				throw new RedeliveryException(failure);
			}
			this.engine.awaitRetry(failed, consumer, container);
			if (!container.isRunning() || !positions.equals(Positions.of(records.partitions(), consumer))) {
				Positions.seekToFirst(batch, consumer);
				throw new RedeliveryException(failure);
			}
			try {
				invokeListener.run();
				return;
			}
			catch (RuntimeException ex) {
				failure = ex;
			}
		}
	}

	private void handleRecord(Exception failure, List<ConsumerRecord<?, ?>> batch, int index, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		Positions.seekToFirst(batch.subList(index, batch.size()), consumer);
		Positions.commit(batch.subList(0, index), consumer, container);
		FailedRecord failed = this.engine.failed(batch.get(index), failure);
		if (this.engine.retries(failed)) {
			this.engine.awaitRetry(failed, consumer, container);
			throw new RedeliveryException(failure);
		}
		if (!this.engine.end(failed, consumer, container)) {
			throw new RedeliveryException(failure);
		}
		Positions.seekPast(failed.record(), consumer);
		Positions.commit(List.of(failed.record()), consumer, container);
		if (index + 1 < batch.size()) {
			throw new RedeliveryException(failure);
		}
	}

	private void endAll(Exception failure, List<ConsumerRecord<?, ?>> batch, Consumer<?, ?> consumer,
			MessageListenerContainer container, int attempts) {
		Set<ConsumerRecord<?, ?>> delivered = new HashSet<>(this.engine.delivered(batch));
		Positions.seekToFirst(batch, consumer);
		for (int i = 0; i < batch.size(); i++) {
			FailedRecord failed = this.engine.memberOfFailedBatch(batch.get(i), failure, attempts);
			if (delivered.contains(failed.record()) && !this.engine.end(failed, consumer, container)) {
				Positions.commit(batch.subList(0, i), consumer, container);
				Positions.seekToFirst(batch.subList(i, batch.size()), consumer);
				throw new RedeliveryException(failure);
			}
			Positions.seekPast(failed.record(), consumer);
		}
	}

	private int failedIndex(Exception exception, List<ConsumerRecord<?, ?>> batch) {
		BatchListenerFailedException failure = find(exception);
		if (failure == null) {
			return -1;
		}
		ConsumerRecord<?, ?> record = failure.getRecord();
		if (record == null) {
			List<ConsumerRecord<?, ?>> delivered = this.engine.delivered(batch);
			record = (failure.getIndex() < delivered.size()) ? delivered.get(failure.getIndex()) : null;
		}
		for (int i = 0; record != null && i < batch.size(); i++) {
			ConsumerRecord<?, ?> candidate = batch.get(i);
			if (candidate.offset() == record.offset() && candidate.partition() == record.partition()
					&& candidate.topic().equals(record.topic())) {
				return i;
			}
		}
		return -1;
	}

	private static @Nullable BatchListenerFailedException find(Exception exception) {
		Throwable cause = exception;
		for (int depth = 0; cause != null && depth < 50; depth++) {
			if (cause instanceof BatchListenerFailedException failure) {
				return failure;
			}
			cause = cause.getCause();
		}
		return null;
	}

}
