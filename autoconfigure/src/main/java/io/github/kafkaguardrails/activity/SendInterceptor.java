package io.github.kafkaguardrails.activity;

import java.util.Map;

import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Stands before the interceptor of a template, which is called as if it were alone. Looks
 * at a record on the thread that sends it; a record with a key outside of a transaction
 * costs one look at that thread. Changes no record and throws nothing of its own.
 *
 * @param <K> type of the key
 * @param <V> type of the value
 */
final class SendInterceptor<K, V> implements ProducerInterceptor<K, V> {

	private final @Nullable ProducerInterceptor<K, V> users;

	private final ObservedTemplate template;

	private final boolean transactional;

	SendInterceptor(@Nullable ProducerInterceptor<K, V> users, ObservedTemplate template, boolean transactional) {
		this.users = users;
		this.template = template;
		this.transactional = transactional;
	}

	@Override
	public ProducerRecord<K, V> onSend(ProducerRecord<K, V> record) {
		ProducerRecord<K, V> sent = (this.users != null) ? this.users.onSend(record) : record;
		if (sent.key() == null) {
			this.template.sentWithoutKey(sent.topic());
		}
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			this.template.sentInTransaction(sent.topic(), this.transactional);
		}
		return sent;
	}

	@Override
	public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
		observe(metadata, exception);
		if (this.users != null) {
			this.users.onAcknowledgement(metadata, exception);
		}
	}

	@Override
	public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception, Headers headers) {
		observe(metadata, exception);
		if (this.users != null) {
			this.users.onAcknowledgement(metadata, exception, headers);
		}
	}

	private void observe(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
		if (exception != null && metadata != null) {
			this.template.failed(metadata.topic(), exception);
		}
	}

	@Override
	public void close() {
		if (this.users != null) {
			this.users.close();
		}
	}

	@Override
	public void configure(Map<String, ?> configs) {
		if (this.users != null) {
			this.users.configure(configs);
		}
	}

}
