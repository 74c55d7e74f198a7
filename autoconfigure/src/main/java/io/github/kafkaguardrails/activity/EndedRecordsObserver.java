package io.github.kafkaguardrails.activity;

import java.time.Clock;
import java.util.List;

import org.springframework.core.NestedExceptionUtils;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.FailedRecordListener;
import io.github.kafkaguardrails.setup.ActivitySetup.EndedRecords;
import io.github.kafkaguardrails.setup.ActivitySetup.EndedRecords.Outcome;

/**
 * Counts the records that went to a dead-letter topic, were skipped, or could not be
 * brought to an end, by listener, source topic and exception class, at most
 * {@value BoundedMap#MAX_KEYS} combinations. Keeps no record.
 *
 * @since 0.1.0
 */
public final class EndedRecordsObserver implements FailedRecordListener {

	private final Tally<Key> tally;

	/**
	 * An observer.
	 * @param clock tells when a record ended
	 */
	public EndedRecordsObserver(Clock clock) {
		this.tally = new Tally<>(clock);
	}

	@Override
	public void ended(FailedRecord failed, Ending ending) {
		switch (ending) {
			case DEAD_LETTER -> count(failed, failed.cause(), Outcome.DEAD_LETTERED);
			case SKIP -> count(failed, failed.cause(), Outcome.SKIPPED);
			case STOP -> {
				// the record is still there, and so is the container that tells it
			}
		}
	}

	@Override
	public void endingFailed(FailedRecord failed, Ending ending, Throwable reason, boolean stopped) {
		count(failed, NestedExceptionUtils.getMostSpecificCause(reason), Outcome.FAILED);
	}

	private void count(FailedRecord failed, Throwable exception, Outcome outcome) {
		this.tally
			.count(new Key(failed.listenerId(), failed.source().topic(), exception.getClass().getName(), outcome));
	}

	List<EndedRecords> observed() {
		return this.tally.results((key, count, last) -> new EndedRecords(key.listener(), key.topic(), key.exception(),
				key.outcome(), count, last));
	}

	private record Key(String listener, String topic, String exception, Outcome outcome) {

	}

}
