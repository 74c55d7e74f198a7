package io.github.kafkaguardrails.errorhandling.retrytopic;

import java.time.Clock;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.adapter.AbstractDelegatingMessageListenerAdapter;
import org.springframework.kafka.support.Acknowledgment;

import io.github.kafkaguardrails.errorhandling.DeferredDeliveryException;
import io.github.kafkaguardrails.errorhandling.topics.TransitHeaders;

/**
 * Delivers records of retry topics when they are due. The partition of a record that is
 * not is paused and resumed by a timer; other partitions go on. Runs on consumer threads.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class DueRecordListener<K, V> extends AbstractDelegatingMessageListenerAdapter<MessageListener<K, V>>
		implements AcknowledgingConsumerAwareMessageListener<K, V> {

	private final MessageListenerContainer container;

	private final ScheduledExecutorService timer;

	private final Clock clock;

	DueRecordListener(MessageListener<K, V> delegate, MessageListenerContainer container,
			ScheduledExecutorService timer, Clock clock) {
		super(delegate);
		this.container = container;
		this.timer = timer;
		this.clock = clock;
	}

	/** Called by the container when the delegate takes nothing but records. */
	@Override
	public void onMessage(ConsumerRecord<K, V> record) {
		onMessage(record, null, null);
	}

	@Override
	public void onMessage(ConsumerRecord<K, V> record, @Nullable Acknowledgment acknowledgment) {
		onMessage(record, acknowledgment, null);
	}

	@Override
	public void onMessage(ConsumerRecord<K, V> record, @Nullable Consumer<?, ?> consumer) {
		onMessage(record, null, consumer);
	}

	@Override
	public void onMessage(ConsumerRecord<K, V> record, @Nullable Acknowledgment acknowledgment,
			@Nullable Consumer<?, ?> consumer) {
		long wait = TransitHeaders.due(record.headers()) - this.clock.millis();
		if (wait > 0) {
			TopicPartition partition = new TopicPartition(record.topic(), record.partition());
			this.container.pausePartition(partition);
			resumeLater(partition, wait);
			throw new DeferredDeliveryException(partition);
		}
		switch (this.delegateType) {
			case ACKNOWLEDGING_CONSUMER_AWARE -> this.delegate.onMessage(record, acknowledgment, consumer);
			case ACKNOWLEDGING -> this.delegate.onMessage(record, acknowledgment);
			case CONSUMER_AWARE -> this.delegate.onMessage(record, consumer);
			case SIMPLE -> this.delegate.onMessage(record);
		}
	}

	private void resumeLater(TopicPartition partition, long wait) {
		try {
			ScheduledFuture<?> unused = this.timer.schedule(() -> this.container.resumePartition(partition), wait,
					TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			this.logger.debug(ex, () -> partition + " stays paused, because the application ends");
		}
	}

}
