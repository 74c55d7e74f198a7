package io.github.kafkaguardrails.setup;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Finds out the shape of a back-off by walking through it, which has no side effect.
 */
final class BackOffReader {

	private static final int MAX_STEPS = 10_000;

	private BackOffReader() {
	}

	/**
	 * The shape of a back-off, or {@code null} when it does not tell.
	 */
	static @Nullable BackOffSetup read(BackOff backOff, boolean polling) {
		try {
			BackOffExecution execution = backOff.start();
			Duration longest = Duration.ZERO;
			Duration total = Duration.ZERO;
			for (int retries = 0; retries < MAX_STEPS; retries++) {
				long interval = execution.nextBackOff();
				if (interval == BackOffExecution.STOP) {
					return new BackOffSetup(retries, longest, total, polling);
				}
				Duration pause = Duration.ofMillis(interval);
				longest = (pause.compareTo(longest) > 0) ? pause : longest;
				total = total.plus(pause);
			}
			return new BackOffSetup(BackOffSetup.UNLIMITED, longest, total, polling);
		}
		catch (RuntimeException ex) {
			// a back-off of the user, or pauses beyond any calendar
			return null;
		}
	}

	/** The number of deliveries in words. */
	static String attempts(@Nullable BackOffSetup backOff) {
		if (backOff == null) {
			return "an unknown number of attempts";
		}
		if (backOff.retries() == BackOffSetup.UNLIMITED) {
			return "unlimited attempts";
		}
		return (backOff.retries() == 0) ? "1 attempt" : (backOff.retries() + 1) + " attempts";
	}

}
