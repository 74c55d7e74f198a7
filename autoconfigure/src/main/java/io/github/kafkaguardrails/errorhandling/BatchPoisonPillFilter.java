package io.github.kafkaguardrails.errorhandling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.core.log.LogAccessor;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.KafkaUtils;
import org.springframework.kafka.support.serializer.DeserializationException;
import org.springframework.kafka.support.serializer.SerializationUtils;

/**
 * Takes records that could not be deserialized out of a batch. With an
 * {@code ErrorHandlingDeserializer} a container hands them to a batch listener as
 * {@code null} and commits them; here each one is ended like any other failure. Looks at
 * every record of a batch, so it is only for containers with such a deserializer.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class BatchPoisonPillFilter<K, V> implements BatchInterceptor<K, V> {

	private static final LogAccessor logger = new LogAccessor(LogFactory.getLog(BatchPoisonPillFilter.class));

	private final FailedRecordEngine engine;

	private final MessageListenerContainer container;

	private final Map<TopicPartition, Set<Long>> ended = new ConcurrentHashMap<>();

	private final @Nullable OpenTails tails;

	/**
	 * A filter.
	 * @param engine ends the records
	 * @param container the container
	 * @param transactional whether the container runs transactions
	 */
	BatchPoisonPillFilter(FailedRecordEngine engine, MessageListenerContainer container, boolean transactional) {
		this.engine = engine;
		this.container = container;
		this.tails = (transactional || Positions.isManual(container)) ? new OpenTails(container) : null;
	}

	/** Called on the consumer thread before each poll. */
	@Override
	public void setupThreadState(Consumer<?, ?> consumer) {
		if (this.tails != null) {
			this.tails.commit(consumer);
		}
	}

	@Override
	public @Nullable ConsumerRecords<K, V> intercept(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
		List<ConsumerRecord<K, V>> poison = null;
		for (ConsumerRecord<K, V> record : records) {
			if ((record.value() == null || record.key() == null) && failure(record) != null) {
				poison = (poison != null) ? poison : new ArrayList<>();
				poison.add(record);
			}
		}
		if (poison == null) {
			if (this.tails != null) {
				this.tails.delivers(records);
			}
			return records;
		}
		forgetBefore(records);
		for (ConsumerRecord<K, V> record : poison) {
			end(record, records, consumer);
		}
		ConsumerRecords<K, V> rest = without(poison, records);
		if (this.tails != null) {
			this.tails.delivers(rest);
			this.tails.add(records, poison);
		}
		return rest.isEmpty() ? null : rest;
	}

	/** Records that were ended before are filtered again when their batch comes back. */
	private void forgetBefore(ConsumerRecords<K, V> records) {
		for (TopicPartition partition : records.partitions()) {
			Set<Long> offsets = this.ended.get(partition);
			if (offsets != null) {
				long first = records.records(partition).get(0).offset();
				offsets.removeIf((offset) -> offset < first);
			}
		}
	}

	private void end(ConsumerRecord<K, V> record, ConsumerRecords<K, V> batch, Consumer<K, V> consumer) {
		Set<Long> offsets = this.ended.computeIfAbsent(new TopicPartition(record.topic(), record.partition()),
				(partition) -> ConcurrentHashMap.newKeySet());
		DeserializationException failure = failure(record);
		if (failure == null || offsets.contains(record.offset())) {
			return;
		}
		if (!this.engine.end(this.engine.failed(record, failure), consumer, this.container)) {
			Positions.seekToFirst(batch, consumer);
			throw new RedeliveryException(failure);
		}
		offsets.add(record.offset());
	}

	private static @Nullable DeserializationException failure(ConsumerRecord<?, ?> record) {
		DeserializationException failure = (record.value() == null)
				? failure(record, KafkaUtils.VALUE_DESERIALIZER_EXCEPTION_HEADER) : null;
		return (failure == null && record.key() == null) ? failure(record, KafkaUtils.KEY_DESERIALIZER_EXCEPTION_HEADER)
				: failure;
	}

	private static @Nullable DeserializationException failure(ConsumerRecord<?, ?> record, String header) {
		return (record.headers().lastHeader(header) != null)
				? SerializationUtils.getExceptionFromHeader(record, header, logger) : null;
	}

	private static <K, V> ConsumerRecords<K, V> without(List<ConsumerRecord<K, V>> poison,
			ConsumerRecords<K, V> records) {
		Map<TopicPartition, List<ConsumerRecord<K, V>>> rest = new LinkedHashMap<>();
		for (TopicPartition partition : records.partitions()) {
			List<ConsumerRecord<K, V>> healthy = new ArrayList<>(records.records(partition));
			healthy.removeAll(poison);
			if (!healthy.isEmpty()) {
				rest.put(partition, healthy);
			}
		}
		return new ConsumerRecords<>(rest, Map.of());
	}

}
