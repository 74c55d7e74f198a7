package io.github.kafkaguardrails.errorhandling;

import java.util.List;

import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.core.log.LogAccessor;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.SeekUtils;

/**
 * Error handler of a container whose records are acknowledged out of order, because the
 * listener returns a future or acknowledges asynchronously. Such a container keeps books
 * of the records in flight: it wants to be told through Spring Kafka's own exception that
 * a record is in retry, and with {@code asyncAcks} nobody may seek.
 */
final class AsyncErrorHandler extends ContainerErrorHandler {

	private static final LogAccessor logger = new LogAccessor(LogFactory.getLog(AsyncErrorHandler.class));

	private final FailedRecordEngine engine;

	private final boolean seeks;

	AsyncErrorHandler(FailedRecordEngine engine, boolean seeks) {
		super(engine);
		this.engine = engine;
		this.seeks = seeks;
	}

	@Override
	public boolean seeksAfterHandling() {
		return this.seeks;
	}

	@Override
	public void handleRemaining(Exception exception, List<ConsumerRecord<?, ?>> records, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		SeekUtils.seekOrRecover(
				exception, records, consumer, container, false, (record, failure, ignoredContainer,
						ignoredConsumer) -> handleOne(exception, record, consumer, container),
				logger, KafkaException.Level.DEBUG);
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
