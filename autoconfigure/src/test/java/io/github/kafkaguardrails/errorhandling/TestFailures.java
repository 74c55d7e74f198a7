package io.github.kafkaguardrails.errorhandling;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

import io.github.kafkaguardrails.setup.ErrorHandlingSetup;

/** Failing records for tests of those who are told about them. */
public final class TestFailures {

	private TestFailures() {
	}

	/** A record that failed, with the exception wrapped as containers do. */
	public static FailedRecord failed(String listenerId, long offset, Exception cause) {
		ConsumerRecord<String, String> record = record(offset);
		return new FailedRecord(record, new ListenerExecutionFailedException("Listener failed", cause), listenerId,
				"billing", 1, Instant.EPOCH, SourcePosition.of(record));
	}

	/** A record of the topic "orders" with contents that nobody must show. */
	public static ConsumerRecord<String, String> record(long offset) {
		return new ConsumerRecord<>("orders", 3, offset, "planted-key", "planted-value");
	}

	/** An engine whose records end without a trace. */
	static FailedRecordEngine engine(RetryPolicy policy) {
		ErrorHandlingPlan plan = new ErrorHandlingPlan("listener", "billing", policy, true,
				(failed) -> FailedRecordEnding.Outcome.ENDED, Ending.DEAD_LETTER, new FailedRecordListener() {
				}, Clock.systemUTC(), ErrorHandlingSetup.of(ErrorHandlingSetup.Kind.GUARDRAILS, "test"));
		return new FailedRecordEngine(plan, false);
	}

	/** A registry that knows one listener. */
	public static ErrorHandlingRegistry registry(String listenerId, @Nullable String endingTopic) {
		ConcurrentKafkaListenerContainerFactory<String, String> factory = new ConcurrentKafkaListenerContainerFactory<>();
		factory.setConsumerFactory(
				new DefaultKafkaConsumerFactory<>(Map.of(), new StringDeserializer(), new StringDeserializer()));
		ConcurrentMessageListenerContainer<String, String> container = factory.createContainer("orders");
		ErrorHandlingSettings settings = ErrorHandlingSettings.of(List.of());
		ListenerContext context = new ListenerContext(listenerId, "billing", factory, container, Map.of(),
				List.of("orders"), null, false, false, false, settings, new RetryPolicy(settings, null, () -> 0),
				new FailedRecordListener() {
				}, Clock.systemUTC());
		container.setCommonErrorHandler(new ContainerErrorHandler(engine(context.policy())));
		ErrorHandlingRegistry registry = new ErrorHandlingRegistry();
		registry.add(new ErrorHandlingRegistry.HandledListener(context, false, endingTopic));
		return registry;
	}

}
