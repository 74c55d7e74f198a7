package io.github.kafkaguardrails.samples.orders;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Takes the money. Payments of one customer must stay in order, so that a failing one is
 * tried again on the spot: {@code retry.mode: blocking}. Its deserializer is the one of
 * the application, without any protection against records that it cannot read.
 */
@Component
class PaymentListener {

	static final String ID = "payments";

	private final PaymentService payments;

	private final OrderLedger ledger;

	PaymentListener(PaymentService payments, OrderLedger ledger) {
		this.payments = payments;
		this.ledger = ledger;
	}

	@KafkaListener(id = ID, topics = OrdersApplication.TOPIC)
	void onOrder(ConsumerRecord<String, @Nullable Order> record) {
		this.ledger.received(ID, record);
		if (record.value() != null) {
			this.payments.charge(record.value());
		}
		this.ledger.processed(ID, record);
	}

}
