package io.github.kafkaguardrails.samples.orders;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.stereotype.Component;

/**
 * Counts the dead letters of the other listeners.
 */
@Component
class DeadLetterListener {

	static final String ID = "dead-letters";

	private final OrderLedger ledger;

	DeadLetterListener(OrderLedger ledger) {
		this.ledger = ledger;
	}

	@KafkaListener(id = ID, topics = { "orders-payments-dlt", "orders-shipping-dlt", "orders-invoices-dlt" },
			properties = "value.deserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer")
	void onDeadLetter(ConsumerRecord<String, byte[]> record) {
		String listener = text(record, KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP);
		if (listener != null) {
			this.ledger.deadLettered(listener, record, cause(record));
		}
	}

	private static String cause(ConsumerRecord<?, ?> record) {
		String cause = text(record, KafkaHeaders.DLT_EXCEPTION_CAUSE_FQCN);
		return (cause != null) ? cause.substring(cause.lastIndexOf('.') + 1) : "unknown";
	}

	private static @Nullable String text(ConsumerRecord<?, ?> record, String header) {
		Header found = record.headers().lastHeader(header);
		return (found != null) ? new String(found.value(), StandardCharsets.UTF_8) : null;
	}

}
