package io.github.kafkaguardrails.errorhandling.orderedretry;

import java.nio.ByteBuffer;
import java.time.Duration;

import io.micrometer.observation.Observation;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.listener.ListenerType;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.kafka.support.KafkaUtils;
import org.springframework.kafka.support.micrometer.KafkaListenerObservation;
import org.springframework.kafka.support.micrometer.KafkaListenerObservation.DefaultKafkaListenerObservationConvention;
import org.springframework.kafka.support.micrometer.KafkaRecordReceiverContext;
import org.springframework.kafka.support.serializer.DeserializationException;
import org.springframework.kafka.support.serializer.SerializationUtils;

/**
 * Calls a listener outside of its container as the container does: with its headers,
 * observation and interceptors. An acknowledgment has no effect, because a record is done
 * when the listener returns. Safe for use by several threads.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class ListenerCall<K, V> {

	private static final LogAccessor logger = new LogAccessor(LogFactory.getLog(ListenerCall.class));

	private final AbstractMessageListenerContainer<K, V> container;

	private final MessageListener<K, V> listener;

	private final ListenerType type;

	private final OpenObservation observations;

	ListenerCall(AbstractMessageListenerContainer<K, V> container, MessageListener<K, V> listener,
			OpenObservation observations) {
		this.container = container;
		this.listener = listener;
		this.type = ListenerUtils.determineListenerType(listener);
		this.observations = observations;
	}

	/**
	 * Deliver a record.
	 * @param record the record
	 * @param attempt number of this delivery
	 * @return how long the record is to wait because the listener rejected it, or
	 * {@code null} when it was processed
	 * @throws RuntimeException if the delivery failed
	 */
	@Nullable Duration deliver(ConsumerRecord<K, V> record, int attempt) {
		ContainerProperties properties = this.container.getContainerProperties();
		addHeaders(record, attempt, properties);
		Consumer<K, V> consumer = DetachedConsumer.of();
		RecordInterceptor<K, V> interceptor = this.container.getRecordInterceptor();
		Observation observation = KafkaListenerObservation.LISTENER_OBSERVATION.observation(
				properties.getObservationConvention(), DefaultKafkaListenerObservationConvention.INSTANCE,
				() -> new KafkaRecordReceiverContext(record, String.valueOf(this.container.getListenerId()),
						properties.getClientId(), this.container.getGroupId(), () -> null),
				this.observations.registry());
		KafkaUtils.setConsumerGroupId(this.container.getGroupId());
		if (interceptor != null) {
			interceptor.setupThreadState(consumer);
		}
		observation.start();
		Observation.Scope scope = observation.openScope();
		try {
			return intercepted(record, consumer, interceptor);
		}
		catch (RuntimeException ex) {
			if (!this.observations.adapterStops()) {
				observation.error(ex);
			}
			throw ex;
		}
		finally {
			if (!this.observations.adapterStops()) {
				observation.stop();
			}
			scope.close();
			if (interceptor != null) {
				interceptor.clearThreadState(consumer);
			}
			KafkaUtils.clearConsumerGroupId();
		}
	}

	private void addHeaders(ConsumerRecord<?, ?> record, int attempt, ContainerProperties properties) {
		if (properties.isDeliveryAttemptHeader()) {
			record.headers()
				.add(KafkaHeaders.DELIVERY_ATTEMPT, ByteBuffer.allocate(Integer.BYTES).putInt(attempt).array());
		}
		byte[] info = this.container.getListenerInfo();
		if (info != null) {
			record.headers().add(KafkaHeaders.LISTENER_INFO, info);
		}
	}

	private @Nullable Duration intercepted(ConsumerRecord<K, V> record, Consumer<K, V> consumer,
			@Nullable RecordInterceptor<K, V> interceptor) {
		if (interceptor == null) {
			return call(record, consumer);
		}
		ConsumerRecord<K, V> intercepted = interceptor.intercept(record, consumer);
		try {
			Duration rejected = (intercepted != null) ? call(intercepted, consumer) : null;
			interceptor.success(record, consumer);
			return rejected;
		}
		catch (RuntimeException ex) {
			interceptor.failure(record, ex, consumer);
			throw ex;
		}
		finally {
			interceptor.afterRecord(record, consumer);
		}
	}

	private @Nullable Duration call(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
		failIfNotDeserialized(record);
		AckMode ackMode = this.container.getContainerProperties().getAckMode();
		ParkedAcknowledgment acknowledgment = (ackMode == AckMode.MANUAL || ackMode == AckMode.MANUAL_IMMEDIATE)
				? new ParkedAcknowledgment() : null;
		try {
			switch (this.type) {
				case ACKNOWLEDGING_CONSUMER_AWARE -> this.listener.onMessage(record, acknowledgment, consumer);
				case ACKNOWLEDGING -> this.listener.onMessage(record, acknowledgment);
				case CONSUMER_AWARE -> this.listener.onMessage(record, consumer);
				case SIMPLE -> this.listener.onMessage(record);
			}
		}
		catch (ListenerExecutionFailedException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new ListenerExecutionFailedException("Listener failed", this.container.getGroupId(), ex);
		}
		return (acknowledgment != null) ? acknowledgment.rejected : null;
	}

	/** An {@code ErrorHandlingDeserializer} has left its failure in a header. */
	private static void failIfNotDeserialized(ConsumerRecord<?, ?> record) {
		if (record.value() == null) {
			failIfPresent(record, KafkaUtils.VALUE_DESERIALIZER_EXCEPTION_HEADER);
		}
		if (record.key() == null) {
			failIfPresent(record, KafkaUtils.KEY_DESERIALIZER_EXCEPTION_HEADER);
		}
	}

	private static void failIfPresent(ConsumerRecord<?, ?> record, String header) {
		DeserializationException failure = (record.headers().lastHeader(header) != null)
				? SerializationUtils.getExceptionFromHeader(record, header, logger) : null;
		if (failure != null) {
			throw failure;
		}
	}

	/** The acknowledgment of a parked record. */
	private static final class ParkedAcknowledgment implements Acknowledgment {

		private @Nullable Duration rejected;

		@Override
		public void acknowledge() {
			this.rejected = null;
		}

		@Override
		public void nack(Duration sleep) {
			this.rejected = sleep;
		}

	}

}
