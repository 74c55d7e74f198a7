package io.github.kafkaguardrails.errorhandling.none;

import java.util.Set;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingStrategy;
import io.github.kafkaguardrails.errorhandling.Guarantee;
import io.github.kafkaguardrails.errorhandling.RetryMode;

/**
 * Retry mode "none": the first failure of a record is the last, and its ending follows at
 * once. The order of the partition is kept among the records that succeed. A short outage
 * of a dependency ends every record that arrives meanwhile. Selected by
 * {@code retry.mode: none}.
 *
 * @since 0.1.0
 */
public final class NoRetryStrategy implements ErrorHandlingStrategy {

	@Override
	public RetryMode mode() {
		return RetryMode.NONE;
	}

	@Override
	public Set<Guarantee> guarantees() {
		return Set.of(Guarantee.ORDER_PER_PARTITION, Guarantee.ORDER_PER_KEY, Guarantee.NO_BLOCKING);
	}

	@Override
	public String cost() {
		return "A short outage ends every record that arrives meanwhile";
	}

	@Override
	public boolean retriesInPlace() {
		return true;
	}

}
