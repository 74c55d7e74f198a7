package io.github.kafkaguardrails.errorhandling;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchInterceptor;

/**
 * Notices that records which had failed were processed. One check of an empty map for a
 * healthy batch.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class BatchRecoveryWatcher<K, V> implements BatchInterceptor<K, V> {

	private final FailedRecordEngine engine;

	BatchRecoveryWatcher(FailedRecordEngine engine) {
		this.engine = engine;
	}

	@Override
	public @Nullable ConsumerRecords<K, V> intercept(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
		this.engine.delivers(records);
		return records;
	}

	@Override
	public void success(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
		if (this.engine.anyFailing()) {
			records.forEach(this.engine::succeeded);
		}
	}

}
