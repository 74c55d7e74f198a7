package io.github.kafkaguardrails.samples.orders;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Writes invoices. Those of one customer must stay in order, but no customer may wait for
 * another one: {@code retry.mode: ordered}. That cannot work with auto-commit, whatever
 * the application says.
 */
@Component
class InvoiceListener {

	static final String ID = "invoices";

	private final PaymentService payments;

	private final OrderLedger ledger;

	InvoiceListener(PaymentService payments, OrderLedger ledger) {
		this.payments = payments;
		this.ledger = ledger;
	}

	@KafkaListener(id = ID, topics = OrdersApplication.TOPIC, properties = "enable.auto.commit=false")
	void onOrder(ConsumerRecord<String, @Nullable Order> record) {
		this.ledger.received(ID, record);
		if (record.value() != null) {
			this.payments.settle(record.value());
		}
		this.ledger.processed(ID, record);
	}

}
