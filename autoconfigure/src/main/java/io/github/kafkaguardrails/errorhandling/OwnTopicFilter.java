package io.github.kafkaguardrails.errorhandling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.RecordInterceptor;

/**
 * Keeps the topics of error handling away from a listener whose topic pattern matches
 * them: it would process its own dead letters, and dead-letter them again. Their records
 * are passed over and their offsets committed. Only containers with a pattern have it.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class OwnTopicFilter<K, V> implements RecordInterceptor<K, V>, BatchInterceptor<K, V> {

	private final Predicate<String> ownTopic;

	OwnTopicFilter(Predicate<String> ownTopic) {
		this.ownTopic = ownTopic;
	}

	@Override
	public @Nullable ConsumerRecord<K, V> intercept(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
		return this.ownTopic.test(record.topic()) ? null : record;
	}

	@Override
	public @Nullable ConsumerRecords<K, V> intercept(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
		if (records.partitions().stream().map(TopicPartition::topic).noneMatch(this.ownTopic)) {
			return records;
		}
		Map<TopicPartition, List<ConsumerRecord<K, V>>> rest = new LinkedHashMap<>();
		for (TopicPartition partition : records.partitions()) {
			if (!this.ownTopic.test(partition.topic())) {
				rest.put(partition, new ArrayList<>(records.records(partition)));
			}
		}
		return rest.isEmpty() ? null : new ConsumerRecords<>(rest, Map.of());
	}

	@Override
	public void setupThreadState(Consumer<?, ?> consumer) {
	}

	@Override
	public void clearThreadState(Consumer<?, ?> consumer) {
	}

}
