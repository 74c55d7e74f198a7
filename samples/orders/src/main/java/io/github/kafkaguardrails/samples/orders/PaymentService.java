package io.github.kafkaguardrails.samples.orders;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Service;

/**
 * Stands for a remote service that declines some orders and is away for a while when
 * others come. What happens is written in the order.
 */
@Service
class PaymentService {

	private final Map<String, Integer> calls = new ConcurrentHashMap<>();

	/** Take the money. */
	void charge(Order order) {
		call("charge", order);
	}

	/** Make sure that the order is worth shipping. */
	void confirm(Order order) {
		call("confirm", order);
	}

	/** Make sure that the order can be put on an invoice. */
	void settle(Order order) {
		call("settle", order);
	}

	private void call(String operation, Order order) {
		if ("declined".equals(order.payment())) {
			throw new PaymentDeclinedException(order.id());
		}
		int call = this.calls.merge(operation + " " + order.id(), 1, Integer::sum);
		if (order.flaky() != null && call <= order.flaky()) {
			throw new PaymentUnavailableException(order.id());
		}
	}

}
