package io.github.kafkaguardrails.errorhandling;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Error handler of a container with {@code asyncAcks}, whose listener acknowledges when
 * and where it likes. Such a container keeps books of the records in flight, so that
 * nobody may seek: it keeps a record in retry, and those behind it, in memory.
 */
final class AsyncAcksErrorHandler extends ContainerErrorHandler {

	private final FailedRecordEngine engine;

	AsyncAcksErrorHandler(FailedRecordEngine engine) {
		super(engine);
		this.engine = engine;
	}

	@Override
	public boolean seeksAfterHandling() {
		return false;
	}

	@Override
	public boolean handleOne(Exception exception, ConsumerRecord<?, ?> record, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		if (!ListenerFailures.isRecordFailure(exception)) {
			this.engine.awaitRecovery(consumer, container);
			return false;
		}
		FailedRecord failed = this.engine.failed(record, exception);
		if (this.engine.retries(failed)) {
			this.engine.awaitRetry(failed, consumer, container);
			return false;
		}
		return this.engine.end(failed, consumer, container);
	}

}
