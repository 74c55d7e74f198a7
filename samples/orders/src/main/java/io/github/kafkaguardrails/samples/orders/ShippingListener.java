package io.github.kafkaguardrails.samples.orders;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Ships what is paid. Parcels may overtake each other, so that a failing one goes through
 * retry topics and holds nobody up: {@code retry.mode: topic}. Its deserializer is
 * wrapped in Spring Kafka's {@code ErrorHandlingDeserializer}.
 */
@Component
class ShippingListener {

	static final String ID = "shipping";

	private final PaymentService payments;

	private final OrderLedger ledger;

	ShippingListener(PaymentService payments, OrderLedger ledger) {
		this.payments = payments;
		this.ledger = ledger;
	}

	@KafkaListener(id = ID, topics = OrdersApplication.TOPIC, properties = {
			"value.deserializer=org.springframework.kafka.support.serializer.ErrorHandlingDeserializer",
			"spring.deserializer.value.delegate.class=org.springframework.kafka.support.serializer.JacksonJsonDeserializer" })
	void onOrder(ConsumerRecord<String, @Nullable Order> record) {
		this.ledger.received(ID, record);
		if (record.value() != null) {
			this.payments.confirm(record.value());
		}
		this.ledger.processed(ID, record);
	}

}
