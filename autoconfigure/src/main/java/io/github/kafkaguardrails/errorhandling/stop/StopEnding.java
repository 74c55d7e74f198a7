package io.github.kafkaguardrails.errorhandling.stop;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.EndingStrategy;
import io.github.kafkaguardrails.errorhandling.FailedRecordEnding;
import io.github.kafkaguardrails.errorhandling.ListenerContext;

/**
 * Ending "stop": the listener's container stops with all its consumers and the offset
 * stays before the record, so that a restart begins with it again. Nothing is lost and no
 * order is broken; every partition of the listener waits for an operator. The listener's
 * health is DOWN from then on. With a retry topic it is the retry container that stops.
 * Selected by {@code then: stop}.
 *
 * @since 0.1.0
 */
public final class StopEnding implements EndingStrategy {

	@Override
	public Ending ending() {
		return Ending.STOP;
	}

	@Override
	public boolean keepsRecord() {
		return true;
	}

	@Override
	public String cost() {
		return "The listener stands still until somebody restarts it";
	}

	@Override
	public FailedRecordEnding forListener(ListenerContext listener) {
		return (failed) -> FailedRecordEnding.Outcome.STOP;
	}

}
