package io.github.kafkaguardrails.errorhandling;

import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.CompositeBatchInterceptor;
import org.springframework.kafka.listener.CompositeRecordInterceptor;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ErrorHandlingUtils;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.transaction.KafkaAwareTransactionManager;
import org.springframework.util.ClassUtils;

/**
 * Puts a plan into a container: its error handler, after-rollback processor and
 * interceptors, behind those that the user has set.
 */
final class ContainerInstaller {

	private ContainerInstaller() {
	}

	static <K, V> void install(ErrorHandlingPlan plan, AbstractMessageListenerContainer<K, V> container,
			ListenerContext listener, @Nullable FailedRecordDiverter diverter) {
		FailedRecordEngine engine = new FailedRecordEngine(plan, listener.asynchronous());
		if (listener.batch()) {
			addBatchInterceptor(container, new BatchRecoveryWatcher<>(engine));
			if (hidesPoisonPills(listener)) {
				addBatchInterceptor(container,
						new BatchPoisonPillFilter<>(engine, container, listener.transactional()));
			}
		}
		else if (!listener.asynchronous()) {
			addRecordInterceptor(container, new RecoveryWatcher<>(engine));
		}
		if (diverter != null) {
			container.setCommonErrorHandler(new DivertingErrorHandler(engine, diverter));
		}
		else if (listener.transactional()) {
			container.setCommonErrorHandler(new TransactionalErrorHandler(engine));
			container.setAfterRollbackProcessor(new RollbackProcessor<K, V>(engine, offsets(container)));
			container.getContainerProperties().setBatchRecoverAfterRollback(true);
		}
		else if (AsyncRecordListener.wraps(container.getContainerProperties().getMessageListener())) {
			wrap(container, engine);
		}
		else if (container.getContainerProperties().isAsyncAcks()) {
			container.setCommonErrorHandler(new AsyncAcksErrorHandler(engine));
		}
		else {
			container.setCommonErrorHandler(new ContainerErrorHandler(engine));
		}
	}

	@SuppressWarnings("unchecked") // the listener was set on a container of this type
	private static <K, V> void wrap(AbstractMessageListenerContainer<K, V> container, FailedRecordEngine engine) {
		MessageListener<K, V> futures = (MessageListener<K, V>) Objects
			.requireNonNull(container.getContainerProperties().getMessageListener());
		AsyncRecordListener<K, V> wrapper = new AsyncRecordListener<>(futures, engine, container);
		container.setupMessageListener(wrapper);
		addRecordInterceptor(container, wrapper);
		container.setCommonErrorHandler(new AsyncErrorHandler(engine, wrapper));
	}

	/**
	 * Whether records that could not be deserialized can reach the listener as
	 * {@code null}.
	 */
	private static boolean hidesPoisonPills(ListenerContext listener) {
		ContainerProperties properties = listener.container().getContainerProperties();
		return properties.isCheckDeserExWhenKeyNull() || properties.isCheckDeserExWhenValueNull()
				|| hidesPoisonPills(listener, false) || hidesPoisonPills(listener, true);
	}

	private static boolean hidesPoisonPills(ListenerContext listener, boolean value) {
		ConsumerFactory<?, ?> factory = listener.factory().getConsumerFactory();
		try {
			return factory != null && ErrorHandlingUtils.checkDeserializer(factory,
					listener.container().getContainerProperties().getKafkaConsumerProperties(), value,
					ClassUtils.getDefaultClassLoader());
		}
		catch (IllegalStateException ex) {
			// the class is not visible from here
			return true;
		}
	}

	/** Keep records of these topics away from the listener. */
	static <K, V> void filter(Predicate<String> ownTopic, AbstractMessageListenerContainer<K, V> container) {
		OwnTopicFilter<K, V> filter = new OwnTopicFilter<>(ownTopic);
		if (container.getContainerProperties().getMessageListener() instanceof BatchMessageListener) {
			addBatchInterceptor(container, filter);
		}
		else {
			addRecordInterceptor(container, filter);
		}
	}

	@SuppressWarnings("unchecked") // generic array of a varargs parameter
	private static <K, V> void addRecordInterceptor(AbstractMessageListenerContainer<K, V> container,
			RecordInterceptor<K, V> ours) {
		RecordInterceptor<K, V> users = container.getRecordInterceptor();
		container.setRecordInterceptor((users != null) ? new CompositeRecordInterceptor<>(users, ours) : ours);
	}

	@SuppressWarnings("unchecked") // generic array of a varargs parameter
	private static <K, V> void addBatchInterceptor(AbstractMessageListenerContainer<K, V> container,
			BatchInterceptor<K, V> ours) {
		BatchInterceptor<K, V> users = container.getBatchInterceptor();
		container.setBatchInterceptor((users != null) ? new CompositeBatchInterceptor<>(ours, users) : ours);
	}

	@SuppressWarnings("unchecked") // only offsets are sent, no key and no value
	private static @Nullable KafkaTemplate<Object, Object> offsets(AbstractMessageListenerContainer<?, ?> container) {
		KafkaAwareTransactionManager<?, ?> manager = container.getContainerProperties()
			.getKafkaAwareTransactionManager();
		return (manager != null) ? new KafkaTemplate<>((ProducerFactory<Object, Object>) manager.getProducerFactory())
				: null;
	}

}
