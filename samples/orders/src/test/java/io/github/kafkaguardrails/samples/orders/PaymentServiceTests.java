package io.github.kafkaguardrails.samples.orders;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class PaymentServiceTests {

	private final PaymentService payments = new PaymentService();

	@Test
	void acceptsAnOrder() {
		assertThatNoException().isThrownBy(() -> this.payments.charge(order(null, null)));
	}

	@Test
	void declinesForEver() {
		Order order = order("declined", null);
		for (int call = 1; call <= 10; call++) {
			assertThatExceptionOfType(PaymentDeclinedException.class).isThrownBy(() -> this.payments.charge(order));
		}
	}

	@Test
	void isAwayForAsLongAsTheOrderSays() {
		Order order = order(null, 2);
		assertThatExceptionOfType(PaymentUnavailableException.class).isThrownBy(() -> this.payments.charge(order));
		assertThatExceptionOfType(PaymentUnavailableException.class).isThrownBy(() -> this.payments.charge(order));
		assertThatNoException().isThrownBy(() -> this.payments.charge(order));
	}

	@Test
	void isAwayForEachOperation() {
		Order order = order(null, 1);
		assertThatExceptionOfType(PaymentUnavailableException.class).isThrownBy(() -> this.payments.charge(order));
		assertThatExceptionOfType(PaymentUnavailableException.class).isThrownBy(() -> this.payments.confirm(order));
		assertThatNoException().isThrownBy(() -> this.payments.charge(order));
	}

	private static Order order(@Nullable String payment, @Nullable Integer flaky) {
		return new Order("o-1", "anna", "tea", 1, BigDecimal.TEN, payment, flaky);
	}

}
