package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.AbstractShareKafkaMessageListenerContainer;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.CommonContainerStoppingErrorHandler;
import org.springframework.kafka.listener.CommonDelegatingErrorHandler;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.CommonLoggingErrorHandler;
import org.springframework.kafka.listener.CommonMixedErrorHandler;
import org.springframework.kafka.listener.ContainerPausingBackOffHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.FailedRecordProcessor;
import org.springframework.kafka.listener.ShareConsumerRecordRecoverer;
import org.springframework.util.ClassUtils;
import org.springframework.util.backoff.BackOff;

import io.github.kafkaguardrails.setup.ErrorHandlingSetup.DeadLetterSetup;
import io.github.kafkaguardrails.setup.ErrorHandlingSetup.Kind;

/**
 * Finds out what a container does with a record that cannot be processed. A handler that
 * describes itself is believed; Spring Kafka's handlers are looked into; of any other,
 * subclasses of Spring Kafka's included, nothing is claimed. A handler that chooses by
 * the exception is described by what it does with those that nobody named.
 */
final class ErrorHandlingReader {

	private static final ErrorHandlingSetup SPRING_DEFAULT = new ErrorHandlingSetup(Kind.SPRING_DEFAULT,
			"Spring's default: 10 attempts without a pause, then log and skip",
			new BackOffSetup(9, Duration.ZERO, Duration.ZERO, false), null, List.of());

	private final DeadLetterReader deadLetters;

	ErrorHandlingReader(DeadLetterReader deadLetters) {
		this.deadLetters = deadLetters;
	}

	/** What a container does. */
	ErrorHandlingSetup read(AbstractMessageListenerContainer<?, ?> container, ListenerEndpoint endpoint) {
		CommonErrorHandler handler = chosen(container.getCommonErrorHandler(), endpoint.batch());
		if (handler instanceof ErrorHandlingDescriber describer) {
			return describer.describeErrorHandling();
		}
		if (endpoint.retryTopic()) {
			return ErrorHandlingSetup.of(Kind.RETRY_TOPIC, "retry topics");
		}
		if (container.getContainerProperties().getKafkaAwareTransactionManager() != null) {
			AfterRollbackProcessor<?, ?> processor = container.getAfterRollbackProcessor();
			if (processor instanceof ErrorHandlingDescriber describer) {
				return describer.describeErrorHandling();
			}
			if (handler == null) {
				return afterRollback(processor, container.getContainerProperties());
			}
		}
		return (handler != null) ? handler(handler) : SPRING_DEFAULT;
	}

	/** What a container of a share group does. */
	ErrorHandlingSetup read(AbstractShareKafkaMessageListenerContainer<?, ?> container) {
		Object recoverer = Fields.read(container, AbstractShareKafkaMessageListenerContainer.class, "recordRecoverer");
		return (recoverer == ShareConsumerRecordRecoverer.REJECTING)
				? ErrorHandlingSetup.of(Kind.REJECTING, "1 attempt, then log and reject")
				: ErrorHandlingSetup.of(Kind.CUSTOM, "decided by the share group");
	}

	/** The handler that a handler of Spring Kafka's hands over to. */
	private static @Nullable CommonErrorHandler chosen(@Nullable CommonErrorHandler handler, boolean batch) {
		if (handler == null) {
			return null;
		}
		Class<?> type = ClassUtils.getUserClass(handler);
		Object delegate = null;
		if (type == CommonMixedErrorHandler.class) {
			delegate = Fields.read(handler, CommonMixedErrorHandler.class,
					batch ? "batchErrorHandler" : "recordErrorHandler");
		}
		if (type == CommonDelegatingErrorHandler.class) {
			delegate = Fields.read(handler, CommonDelegatingErrorHandler.class, "defaultErrorHandler");
		}
		return (delegate instanceof CommonErrorHandler known) ? chosen(known, batch) : handler;
	}

	private ErrorHandlingSetup handler(CommonErrorHandler handler) {
		Class<?> type = ClassUtils.getUserClass(handler);
		if (type == DefaultErrorHandler.class) {
			return failedRecords((FailedRecordProcessor) handler, Kind.LOG_AND_SKIP);
		}
		if (type == CommonLoggingErrorHandler.class) {
			return ErrorHandlingSetup.of(Kind.LOGGING_ONLY, "1 attempt, then log and skip");
		}
		if (type == CommonContainerStoppingErrorHandler.class) {
			return ErrorHandlingSetup.of(Kind.STOPPING, "1 attempt, then stop the container");
		}
		return custom(handler);
	}

	private ErrorHandlingSetup afterRollback(AfterRollbackProcessor<?, ?> processor, ContainerProperties properties) {
		if (ClassUtils.getUserClass(processor) != DefaultAfterRollbackProcessor.class) {
			return custom(processor);
		}
		ErrorHandlingSetup handling = failedRecords((FailedRecordProcessor) processor, Kind.SPRING_DEFAULT);
		BackOffSetup backOff = handling.backOff();
		boolean recovers = !(properties.getMessageListener() instanceof BatchMessageListener)
				|| (properties.isBatchRecoverAfterRollback()
						&& Boolean.TRUE.equals(Fields.read(processor, FailedRecordProcessor.class, "commitRecovered")));
		return (recovers || backOff == null) ? handling
				: new ErrorHandlingSetup(handling.kind(), "the whole batch again and again, without an end",
						new BackOffSetup(BackOffSetup.UNLIMITED, backOff.longest(), backOff.total(), backOff.polling()),
						handling.deadLetter(), handling.problems());
	}

	private ErrorHandlingSetup failedRecords(FailedRecordProcessor processor, Kind whenLogging) {
		Object tracker = Fields.read(processor, FailedRecordProcessor.class, "failureTracker");
		Object recoverer = (tracker != null) ? Fields.read(tracker, tracker.getClass(), "recoverer") : null;
		BackOffSetup backOff = (tracker != null) ? backOff(tracker) : null;
		String attempts = BackOffReader.attempts(backOff);
		if (recoverer instanceof DeadLetterPublishingRecoverer publisher) {
			DeadLetterSetup deadLetter = this.deadLetters.read(publisher);
			return new ErrorHandlingSetup(Kind.DEAD_LETTER, attempts + ", then dead-letter to " + deadLetter.topic(),
					backOff, deadLetter, List.of());
		}
		if (recoverer != null && tracker != null && isLogging(recoverer, tracker.getClass())) {
			return new ErrorHandlingSetup(whenLogging, attempts + ", then log and skip", backOff, null, List.of());
		}
		return new ErrorHandlingSetup(Kind.CUSTOM, attempts + ", then a recoverer of the application", backOff, null,
				List.of());
	}

	private static @Nullable BackOffSetup backOff(Object tracker) {
		boolean polling = Fields.read(tracker, tracker.getClass(),
				"backOffHandler") instanceof ContainerPausingBackOffHandler;
		return (Fields.read(tracker, tracker.getClass(), "backOff") instanceof BackOff backOff)
				? BackOffReader.read(backOff, polling) : null;
	}

	/**
	 * The built-in recoverer is a lambda that captured the logger; the wrapper of a
	 * user's recoverer is a lambda that captured that one.
	 */
	private static boolean isLogging(Object recoverer, Class<?> trackerType) {
		List<@Nullable Object> captured = Fields.isLambdaOf(recoverer, trackerType) ? Fields.captured(recoverer) : null;
		return captured != null && captured.stream().anyMatch(LogAccessor.class::isInstance)
				&& captured.stream().noneMatch(BiConsumer.class::isInstance);
	}

	private static ErrorHandlingSetup custom(Object handler) {
		return ErrorHandlingSetup.of(Kind.CUSTOM, ClassUtils.getUserClass(handler).getName());
	}

}
