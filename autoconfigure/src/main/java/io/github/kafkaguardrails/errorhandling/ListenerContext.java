package io.github.kafkaguardrails.errorhandling;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.AbstractKafkaListenerContainerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * A listener container whose failing records are to be handled, with all that a strategy
 * or an ending may ask for.
 *
 * @param id listener id
 * @param groupId consumer group, or {@code null} when there is none
 * @param factory the factory that made the container
 * @param container the container; it has not started yet
 * @param consumerConfig effective configuration of the container's consumers
 * @param topics topics that the container subscribes to or is assigned; empty for a
 * pattern
 * @param pattern topic pattern, or {@code null}
 * @param batch whether the listener takes batches
 * @param transactional whether the container runs transactions
 * @param asynchronous whether records are acknowledged out of order
 * @param settings error handling of this listener
 * @param policy which failures are tried again, and when
 * @param events is told what happens
 * @param clock the time
 * @since 0.1.0
 */
public record ListenerContext(String id, @Nullable String groupId,
		AbstractKafkaListenerContainerFactory<?, ?, ?> factory, AbstractMessageListenerContainer<?, ?> container,
		Map<String, Object> consumerConfig, List<String> topics, @Nullable Pattern pattern, boolean batch,
		boolean transactional, boolean asynchronous, ErrorHandlingSettings settings, RetryPolicy policy,
		FailedRecordListener events, Clock clock) {

	public ListenerContext {
		consumerConfig = Map.copyOf(consumerConfig);
		topics = List.copyOf(topics);
	}

	/** The group as it stands in topic names: the group id, or else the listener id. */
	public String groupName() {
		return (this.groupId != null) ? this.groupId : this.id;
	}

	/**
	 * Whether the container still has the error handling that it was given. Spring
	 * Kafka's retry topics and a user's container post-processor come later and may
	 * replace it.
	 */
	public boolean handled() {
		return this.container.getCommonErrorHandler() instanceof ContainerErrorHandler;
	}

}
