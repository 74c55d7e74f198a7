package io.github.kafkaguardrails.errorhandling.skip;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.EndingStrategy;
import io.github.kafkaguardrails.errorhandling.FailedRecordEnding;
import io.github.kafkaguardrails.errorhandling.ListenerContext;

/**
 * Ending "skip": the record is logged with its position and cause, its offset is
 * committed and the listener goes on. The record is lost on purpose; the order of the
 * others is kept. Costs one log line a record. Never makes the application unhealthy.
 * Selected by {@code then: skip}.
 *
 * @since 0.1.0
 */
public final class SkipEnding implements EndingStrategy {

	private static final Log logger = LogFactory.getLog(SkipEnding.class);

	@Override
	public Ending ending() {
		return Ending.SKIP;
	}

	@Override
	public boolean keepsRecord() {
		return false;
	}

	@Override
	public String cost() {
		return "The record is gone; a log line and a metric remain";
	}

	@Override
	public FailedRecordEnding forListener(ListenerContext listener) {
		return (failed) -> {
			logger.warn(String.format("Listener '%s' skips %s after %d attempts", failed.listenerId(), failed.source(),
					failed.attempts()), failed.cause());
			return FailedRecordEnding.Outcome.ENDED;
		};
	}

}
