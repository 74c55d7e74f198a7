package io.github.kafkaguardrails.samples.orders;

/**
 * The payment of an order will never work.
 */
class PaymentDeclinedException extends RuntimeException {

	PaymentDeclinedException(String order) {
		super("The payment of order " + order + " is declined");
	}

}
