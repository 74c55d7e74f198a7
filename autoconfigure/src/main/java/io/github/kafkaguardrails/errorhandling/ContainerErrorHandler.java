package io.github.kafkaguardrails.errorhandling;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;

import io.github.kafkaguardrails.setup.ErrorHandlingDescriber;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup;

/**
 * Error handler of a container: one instance for each container, used by all its
 * consumers, always on a consumer thread.
 *
 * <p>
 * It seeks before it waits: positions stand at the failed record, the partitions are
 * paused, the consumer polls. A rebalance in the middle of a pause therefore finds the
 * committed offset and the position in agreement, and no stale record is delivered
 * afterwards. A record that cannot be deserialized goes straight to the ending, with its
 * bytes.
 */
class ContainerErrorHandler implements CommonErrorHandler, ErrorHandlingDescriber {

	private static final LogAccessor logger = new LogAccessor(LogFactory.getLog(ContainerErrorHandler.class));

	private final FailedRecordEngine engine;

	private final BatchFailureHandler batches;

	ContainerErrorHandler(FailedRecordEngine engine) {
		this.engine = engine;
		this.batches = new BatchFailureHandler(engine);
	}

	@Override
	public boolean seeksAfterHandling() {
		return true;
	}

	@Override
	public boolean deliveryAttemptHeader() {
		return true;
	}

	@Override
	public int deliveryAttempt(TopicPartitionOffset position) {
		return this.engine.nextAttempt(position.getTopicPartition(), position.getOffset());
	}

	@Override
	public void handleRemaining(Exception exception, List<ConsumerRecord<?, ?>> records, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		Positions.seekToFirst(records, consumer);
		if (ListenerFailures.cause(exception) instanceof DeferredDeliveryException) {
			throw new RedeliveryException(exception);
		}
		if (!ListenerFailures.isRecordFailure(exception)) {
			this.engine.awaitRecovery(consumer, container);
			throw new RedeliveryException(exception);
		}
		FailedRecord failed = this.engine.failed(records.get(0), exception);
		if (this.engine.retries(failed)) {
			this.engine.awaitRetry(failed, consumer, container);
			throw new RedeliveryException(exception);
		}
		if (!this.engine.end(failed, consumer, container)) {
			throw new RedeliveryException(exception);
		}
		Positions.seekPast(failed.record(), consumer);
		commitIfContainerDoesNot(failed.record(), consumer, container);
	}

	@Override
	public void handleBatch(Exception exception, ConsumerRecords<?, ?> records, Consumer<?, ?> consumer,
			MessageListenerContainer container, Runnable invokeListener) {
		this.batches.handle(exception, records, consumer, container, invokeListener);
	}

	@Override
	public void handleOtherException(Exception exception, Consumer<?, ?> consumer, MessageListenerContainer container,
			boolean batchListener) {
		Optional<RecordDeserializationException> poison = poison(exception);
		if (poison.isEmpty()) {
			logger.error(exception, () -> "Consumer of listener '" + this.engine.plan().listenerId() + "' failed");
			this.engine.awaitRecovery(consumer, container);
			return;
		}
		ConsumerRecord<@Nullable Object, @Nullable Object> record = record(poison.get());
		FailedRecord failed = this.engine.failed(record, exception);
		if (this.engine.end(failed, consumer, container)) {
			Positions.seekPast(record, consumer);
			// otherwise the listener has not acknowledged yet what was before the record
			if (!Positions.isManual(container)
					|| Positions.committed(failed.topicPartition(), consumer) == record.offset()) {
				Positions.commit(List.of(record), consumer, container);
			}
		}
	}

	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions,
			Runnable publishPause) {
		this.engine.onPartitionsAssigned(consumer, partitions);
	}

	@Override
	public ErrorHandlingSetup describeErrorHandling() {
		return this.engine.plan().description();
	}

	/**
	 * With {@code MANUAL_IMMEDIATE} the container commits nothing by itself, and the
	 * listener will never acknowledge this record.
	 */
	static void commitIfContainerDoesNot(ConsumerRecord<?, ?> record, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		if (container.getContainerProperties().getAckMode() == AckMode.MANUAL_IMMEDIATE) {
			Positions.commit(List.of(record), consumer, container);
		}
	}

	static Optional<RecordDeserializationException> poison(Exception exception) {
		return (exception instanceof RecordDeserializationException poison) ? Optional.of(poison) : Optional.empty();
	}

	static ConsumerRecord<@Nullable Object, @Nullable Object> record(RecordDeserializationException poison) {
		byte @Nullable [] key = bytes(poison.keyBuffer());
		byte @Nullable [] value = bytes(poison.valueBuffer());
		return new ConsumerRecord<>(poison.topicPartition().topic(), poison.topicPartition().partition(),
				poison.offset(), poison.timestamp(), poison.timestampType(), (key != null) ? key.length : -1,
				(value != null) ? value.length : -1, key, value, poison.headers(), Optional.empty());
	}

	private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
		if (buffer == null) {
			return null;
		}
		ByteBuffer copy = buffer.duplicate();
		byte[] bytes = new byte[copy.remaining()];
		copy.get(bytes);
		return bytes;
	}

}
