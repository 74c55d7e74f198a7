package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import io.github.kafkaguardrails.errorhandling.RetryPolicy;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Standing;

/**
 * The schedule of a record that was parked by another process: it goes on as if nothing
 * had happened, by the time since the first failure. The parked topic does not say how
 * often it was tried since then; one delivery remains at least.
 */
final class ResumedSchedule {

	private ResumedSchedule() {
	}

	static ParkedRecord<ParkedSource> resume(ParkedRecord<ParkedSource> record, RetryPolicy policy, long now) {
		if (record.standing() == Standing.DEAD || record.firstFailure() == 0) {
			return record;
		}
		int attempts = 1;
		long due = record.firstFailure() + policy.basePauseAfter(1).toMillis();
		long pause = 1;
		while (due <= now && attempts < policy.maxAttempts() - 1 && pause > 0) {
			attempts++;
			pause = policy.basePauseAfter(attempts).toMillis();
			due += pause;
		}
		return new ParkedRecord<>(record.source(), Math.max(attempts, record.attempts()), record.firstFailure(), due,
				record.standing());
	}

}
