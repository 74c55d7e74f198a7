package io.github.kafkaguardrails.errorhandling;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.DelegatingMessageListener;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.listener.adapter.AbstractDelegatingMessageListenerAdapter;
import org.springframework.kafka.listener.adapter.MessagingMessageListenerAdapter;
import org.springframework.kafka.listener.adapter.RecordMessagingMessageListenerAdapter;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * Wraps a listener that returns a future. Spring Kafka acknowledges a record whose future
 * failed and seeks back to it, so that a stop or a rebalance during the pause loses it;
 * and with several consumers it hands the failure to the last one, whoever owns the
 * record. Here a failed record is not acknowledged before it is done: the container waits
 * with its partition and commits nothing behind it. When its pause is over the record
 * alone is delivered again, on its consumer's thread, by the hook that the container
 * calls before each poll; while records are in flight it polls without fetching, ten
 * times a second. Nobody blocks, and records that succeeded are not delivered twice.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class AsyncRecordListener<K, V> extends AbstractDelegatingMessageListenerAdapter<MessageListener<K, V>>
		implements AcknowledgingConsumerAwareMessageListener<K, V>, RecordInterceptor<K, V> {

	private static final Log logger = LogFactory.getLog(AsyncRecordListener.class);

	private final FailedRecordEngine engine;

	private final AbstractMessageListenerContainer<K, V> container;

	private final RecordMessagingMessageListenerAdapter<K, V> adapter;

	/** Deliveries that failed, until the adapter says why. */
	private final Map<ConsumerRecord<?, ?>, Delivery> failing = new ConcurrentHashMap<>();

	/** One for each consumer thread. */
	private final ThreadLocal<Deliveries<K, V>> deliveries;

	AsyncRecordListener(MessageListener<K, V> delegate, FailedRecordEngine engine,
			AbstractMessageListenerContainer<K, V> container) {
		super(delegate);
		this.engine = engine;
		this.container = container;
		this.adapter = Objects.requireNonNull(adapter(delegate));
		this.deliveries = ThreadLocal.withInitial(() -> new Deliveries<>(new RebalanceResumer(container)));
	}

	/** Whether this listener returns futures and can be wrapped. */
	static boolean wraps(@Nullable Object listener) {
		RecordMessagingMessageListenerAdapter<?, ?> adapter = adapter(listener);
		return adapter != null && adapter.isAsyncReplies();
	}

	@SuppressWarnings("unchecked") // the container hands its records to it
	private static <K, V> @Nullable RecordMessagingMessageListenerAdapter<K, V> adapter(@Nullable Object listener) {
		Object target = listener;
		while (target instanceof DelegatingMessageListener<?> wrapper) {
			target = wrapper.getDelegate();
		}
		return (target instanceof RecordMessagingMessageListenerAdapter<?, ?> adapter)
				? (RecordMessagingMessageListenerAdapter<K, V>) adapter : null;
	}

	@Override
	public void onMessage(ConsumerRecord<K, V> record, @Nullable Acknowledgment acknowledgment,
			@Nullable Consumer<?, ?> consumer) {
		Deliveries<K, V> here = this.deliveries.get();
		deliver(new Delivery(record, Objects.requireNonNull(acknowledgment), here, here.epoch(record)), consumer);
	}

	private void deliver(Delivery delivery, @Nullable Consumer<?, ?> consumer) {
		// each consumer that starts sets its own callback for all of them
		this.adapter.setCallbackForAsyncFailure(this::failed);
		try {
			switch (this.delegateType) {
				case ACKNOWLEDGING_CONSUMER_AWARE -> this.delegate.onMessage(delivery.record, delivery, consumer);
				case ACKNOWLEDGING -> this.delegate.onMessage(delivery.record, delivery);
				case CONSUMER_AWARE, SIMPLE ->
					throw new IllegalStateException("A listener that returns a future takes acknowledgments");
			}
		}
		catch (RuntimeException ex) {
			delivery.failed((ex instanceof ListenerExecutionFailedException) ? ex
					: new ListenerExecutionFailedException("Listener failed", this.container.getGroupId(), ex));
		}
	}

	/**
	 * A future failed. Called on any thread.
	 * @return whether the record is one of this listener's
	 */
	boolean failed(ConsumerRecord<?, ?> record, Exception exception) {
		Delivery delivery = this.failing.remove(record);
		if (delivery != null) {
			delivery.failed(exception);
		}
		return delivery != null;
	}

	@Override
	public ConsumerRecord<K, V> intercept(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
		return record;
	}

	/** Called on the consumer thread before each poll. */
	@Override
	@SuppressWarnings("unchecked") // the consumer of the container
	public void setupThreadState(Consumer<?, ?> consumer) {
		Deliveries<K, V> here = this.deliveries.get();
		for (AsyncRecordListener<K, V>.Delivery delivery : List.copyOf(here.failed)) {
			if (!delivery.isOfThisAssignment(consumer)) {
				here.failed.remove(delivery);
			}
			else if (delivery.isDue() && this.container.isRunning()) {
				here.failed.remove(delivery);
				goOn(delivery, (Consumer<K, V>) consumer);
			}
		}
		// wakes the consumer up, which a commit of the deliveries above would notice
		here.resumer.beforePoll();
	}

	/** Called on the consumer thread after each poll. */
	@Override
	public void clearThreadState(Consumer<?, ?> consumer) {
		this.deliveries.get().resumer.afterPoll(consumer);
	}

	private void goOn(Delivery delivery, Consumer<K, V> consumer) {
		Exception exception = delivery.takeFailure();
		if (exception == null) {
			redeliver(delivery, consumer);
			return;
		}
		FailedRecord failed = this.engine.failed(delivery.record, exception);
		if (this.engine.retries(failed)) {
			delivery.retryAfter(this.engine.pauseAfter(failed));
		}
		else if (this.engine.end(failed, consumer, this.container)) {
			delivery.done();
		}
	}

	/** What the container does around the listener for the first delivery. */
	private void redeliver(Delivery delivery, Consumer<K, V> consumer) {
		Headers headers = delivery.record.headers();
		if (headers.lastHeader(KafkaHeaders.DELIVERY_ATTEMPT) != null) {
			int attempt = this.engine.nextAttempt(delivery.partition(), delivery.record.offset());
			headers.remove(KafkaHeaders.DELIVERY_ATTEMPT)
				.add(KafkaHeaders.DELIVERY_ATTEMPT, ByteBuffer.allocate(Integer.BYTES).putInt(attempt).array());
		}
		RecordInterceptor<K, V> interceptor = Objects.requireNonNull(this.container.getRecordInterceptor());
		try {
			if (interceptor.intercept(delivery.record, consumer) == null) {
				delivery.done();
			}
			else {
				deliver(delivery, consumer);
				interceptor.success(delivery.record, consumer);
			}
		}
		catch (RuntimeException ex) {
			delivery.failed(ex);
		}
		finally {
			interceptor.afterRecord(delivery.record, consumer);
		}
	}

	/** These partitions are read from their committed offsets again. */
	void assigned(Collection<TopicPartition> partitions) {
		this.deliveries.get().assigned(partitions);
	}

	/** A consumer has ended. */
	void forget() {
		this.deliveries.remove();
	}

	/**
	 * Deliveries of a consumer. Failures are added by any thread, all else happens on the
	 * consumer's.
	 */
	private static final class Deliveries<K, V> {

		private final Queue<AsyncRecordListener<K, V>.Delivery> failed = new ConcurrentLinkedQueue<>();

		private final Map<TopicPartition, Integer> epochs = new HashMap<>();

		private final RebalanceResumer resumer;

		Deliveries(RebalanceResumer resumer) {
			this.resumer = resumer;
		}

		int epoch(ConsumerRecord<?, ?> record) {
			return this.epochs.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0);
		}

		void assigned(Collection<TopicPartition> partitions) {
			partitions.forEach((partition) -> this.epochs.merge(partition, 1, Integer::sum));
			this.resumer.assigned();
		}

	}

	/**
	 * A record on its way through the listener, with the acknowledgment of its container.
	 */
	private final class Delivery implements Acknowledgment {

		private static final StackWalker CALLERS = StackWalker.getInstance();

		private final ConsumerRecord<K, V> record;

		private final Acknowledgment acknowledgment;

		private final Deliveries<K, V> home;

		private final int epoch;

		private volatile @Nullable Exception failure;

		private volatile long due;

		Delivery(ConsumerRecord<K, V> record, Acknowledgment acknowledgment, Deliveries<K, V> home, int epoch) {
			this.record = record;
			this.acknowledgment = acknowledgment;
			this.home = home;
			this.epoch = epoch;
		}

		TopicPartition partition() {
			return new TopicPartition(this.record.topic(), this.record.partition());
		}

		/** The adapter acknowledges a failed record, too, before it reports it. */
		@Override
		public void acknowledge() {
			if (CALLERS.walk((frames) -> frames.limit(3).anyMatch(this::isAsyncFailure))) {
				AsyncRecordListener.this.failing.put(this.record, this);
				return;
			}
			AsyncRecordListener.this.engine.succeeded(this.record);
			this.acknowledgment.acknowledge();
		}

		private boolean isAsyncFailure(StackWalker.StackFrame frame) {
			return frame.getMethodName().equals("asyncFailure")
					&& frame.getClassName().equals(MessagingMessageListenerAdapter.class.getName());
		}

		@Override
		public void nack(Duration sleep) {
			this.acknowledgment.nack(sleep);
		}

		@Override
		public boolean isOutOfOrderCommit() {
			return true;
		}

		void failed(Exception exception) {
			this.failure = exception;
			this.due = 0;
			this.home.failed.add(this);
		}

		void retryAfter(Duration pause) {
			this.due = AsyncRecordListener.this.engine.plan().clock().millis() + pause.toMillis();
			this.home.failed.add(this);
		}

		@Nullable Exception takeFailure() {
			Exception taken = this.failure;
			this.failure = null;
			return taken;
		}

		boolean isDue() {
			return AsyncRecordListener.this.engine.plan().clock().millis() >= this.due;
		}

		/** Otherwise the record comes again, here or elsewhere. */
		boolean isOfThisAssignment(Consumer<?, ?> consumer) {
			return this.home.epoch(this.record) == this.epoch && consumer.assignment().contains(partition());
		}

		void done() {
			try {
				this.acknowledgment.acknowledge();
			}
			catch (IllegalStateException ex) {
				logger.debug("The partition of the record was revoked meanwhile", ex);
			}
		}

	}

}
