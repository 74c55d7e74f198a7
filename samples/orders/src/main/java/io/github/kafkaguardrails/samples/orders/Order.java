package io.github.kafkaguardrails.samples.orders;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * An order.
 *
 * @param id the order
 * @param customer who ordered, and the key of the record
 * @param item what was ordered
 * @param quantity how many of it
 * @param amount what it costs
 * @param payment {@code declined} when the payment always fails
 * @param flaky how often the payment fails before it works, or {@code null} when it works
 * at once
 */
record Order(String id, String customer, String item, int quantity, BigDecimal amount, @Nullable String payment,
		@Nullable Integer flaky) {

}
