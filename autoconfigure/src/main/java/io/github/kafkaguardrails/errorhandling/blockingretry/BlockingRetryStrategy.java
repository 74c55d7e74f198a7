package io.github.kafkaguardrails.errorhandling.blockingretry;

import java.util.Set;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingStrategy;
import io.github.kafkaguardrails.errorhandling.Guarantee;
import io.github.kafkaguardrails.errorhandling.RetryMode;

/**
 * Retry mode "blocking": a failing record is delivered again in its place, with growing
 * pauses; the records behind it, and those of the consumer's other partitions, wait. The
 * order of every partition is kept. The consumer polls during a pause: however long the
 * pause is, the member is not evicted. Costs lag while a record is retried. Selected by
 * {@code retry.mode: blocking}, the default: 4 attempts, pauses of 1 s, 2 s and 4 s.
 *
 * @since 0.1.0
 */
public final class BlockingRetryStrategy implements ErrorHandlingStrategy {

	@Override
	public RetryMode mode() {
		return RetryMode.BLOCKING;
	}

	@Override
	public Set<Guarantee> guarantees() {
		return Set.of(Guarantee.ORDER_PER_PARTITION, Guarantee.ORDER_PER_KEY);
	}

	@Override
	public String cost() {
		return "Lag: the records behind a failing one wait for it";
	}

	@Override
	public boolean retriesInPlace() {
		return true;
	}

}
