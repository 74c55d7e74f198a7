package io.github.kafkaguardrails.errorhandling;

import java.util.List;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Error handler of a transactional container. It must be there for records that cannot be
 * deserialized, and it must not handle any other failure: what it handled would be
 * committed together with what the failed attempt had sent. So it lets the transaction
 * roll back and leaves the rest to {@link RollbackProcessor}. The container has taken the
 * other records out of the poll by then; their positions are restored here.
 */
final class TransactionalErrorHandler extends ContainerErrorHandler {

	TransactionalErrorHandler(FailedRecordEngine engine) {
		super(engine);
	}

	@Override
	public void handleRemaining(Exception exception, List<ConsumerRecord<?, ?>> records, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		Positions.seekToFirst(records, consumer);
		throw new RedeliveryException(exception);
	}

	@Override
	public void handleBatch(Exception exception, ConsumerRecords<?, ?> records, Consumer<?, ?> consumer,
			MessageListenerContainer container, Runnable invokeListener) {
		if (exception instanceof RedeliveryException redelivery) {
			throw redelivery;
		}
		throw new RedeliveryException(exception);
	}

}
