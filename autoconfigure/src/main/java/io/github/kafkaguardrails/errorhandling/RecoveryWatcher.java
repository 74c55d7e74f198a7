package io.github.kafkaguardrails.errorhandling;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.RecordInterceptor;

/**
 * Notices that a record which had failed was processed. One check of an empty map for a
 * healthy record.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class RecoveryWatcher<K, V> implements RecordInterceptor<K, V> {

	private final FailedRecordEngine engine;

	RecoveryWatcher(FailedRecordEngine engine) {
		this.engine = engine;
	}

	@Override
	public ConsumerRecord<K, V> intercept(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
		return record;
	}

	@Override
	public void success(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
		this.engine.succeeded(record);
	}

}
