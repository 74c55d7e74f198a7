package io.github.kafkaguardrails.errorhandling;

import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Error handler of a container whose failed records leave their partition: the record is
 * handed over and the container goes on with the next one of the same poll. Only a record
 * that cannot be handed over blocks, as long as it takes: its ending is not this
 * handler's.
 */
final class DivertingErrorHandler extends ContainerErrorHandler {

	private final FailedRecordEngine engine;

	private final FailedRecordDiverter diverter;

	DivertingErrorHandler(FailedRecordEngine engine, FailedRecordDiverter diverter) {
		super(engine);
		this.engine = engine;
		this.diverter = diverter;
	}

	@Override
	public boolean seeksAfterHandling() {
		return this.diverter.blocks();
	}

	/**
	 * Hand a record over. A failed commit arrives here as well (a record that was
	 * processed must not be taken for a failed one): the container keeps what it has in
	 * hand and tries again.
	 */
	@Override
	public boolean handleOne(Exception exception, ConsumerRecord<?, ?> record, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		if (!ListenerFailures.isRecordFailure(exception)) {
			return false;
		}
		FailedRecord failed = this.engine.failed(record, exception);
		if (!this.diverter.divert(failed, consumer)) {
			return false;
		}
		this.engine.forget(failed);
		commitIfContainerDoesNot(record, consumer, container);
		return true;
	}

	@Override
	public void handleRemaining(Exception exception, List<ConsumerRecord<?, ?>> records, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		this.diverter.setBack();
		Positions.seekToFirst(records, consumer);
		if (ListenerFailures.cause(exception) instanceof DeferredDeliveryException
				|| !ListenerFailures.isRecordFailure(exception)) {
			this.engine.awaitRecovery(consumer, container);
		}
		else {
			this.engine.awaitRetry(this.engine.failed(records.get(0), exception), consumer, container);
		}
		throw new RedeliveryException(exception);
	}

	@Override
	public void handleOtherException(Exception exception, Consumer<?, ?> consumer, MessageListenerContainer container,
			boolean batchListener) {
		Optional<RecordDeserializationException> poison = poison(exception);
		if (poison.isEmpty()) {
			super.handleOtherException(exception, consumer, container, batchListener);
			return;
		}
		FailedRecord failed = this.engine.failed(record(poison.get()), exception);
		if (!this.diverter.divert(failed, consumer)) {
			this.engine.awaitRecovery(consumer, container);
			return;
		}
		this.engine.forget(failed);
		Positions.seekPast(failed.record(), consumer);
		if (!Positions.isManual(container)
				|| Positions.committed(failed.topicPartition(), consumer) == failed.record().offset()) {
			Positions.commit(List.of(failed.record()), consumer, container);
		}
	}

}
