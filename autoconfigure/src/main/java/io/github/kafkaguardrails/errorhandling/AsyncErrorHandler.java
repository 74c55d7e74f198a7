package io.github.kafkaguardrails.errorhandling;

import java.util.Collection;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Error handler of a container whose listener returns futures. Records in flight are the
 * {@link AsyncRecordListener}'s; what fails before it is reached (a record that could not
 * be deserialized, an interceptor of the user) is not retried but ended at once, because
 * a container that waits for futures must not seek.
 */
final class AsyncErrorHandler extends ContainerErrorHandler {

	private final FailedRecordEngine engine;

	private final AsyncRecordListener<?, ?> listener;

	AsyncErrorHandler(FailedRecordEngine engine, AsyncRecordListener<?, ?> listener) {
		super(engine);
		this.engine = engine;
		this.listener = listener;
	}

	@Override
	public boolean seeksAfterHandling() {
		return false;
	}

	/**
	 * Handle a record.
	 * @return {@code false} only when the container stops: it keeps a record that is not
	 * handled in memory, and forgets which ones are in flight
	 */
	@Override
	public boolean handleOne(Exception exception, ConsumerRecord<?, ?> record, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		return this.listener.failed(record, exception)
				|| this.engine.end(this.engine.failed(record, exception), consumer, container) || container.isRunning();
	}

	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions,
			Runnable publishPause) {
		this.listener.assigned(partitions);
		super.onPartitionsAssigned(consumer, partitions, publishPause);
	}

	@Override
	public void clearThreadState() {
		this.listener.forget();
	}

}
