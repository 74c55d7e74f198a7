package io.github.kafkaguardrails.samples.orders;

/**
 * The payment of an order may work later.
 */
class PaymentUnavailableException extends RuntimeException {

	PaymentUnavailableException(String order) {
		super("The payment of order " + order + " cannot be made now");
	}

}
