package io.github.kafkaguardrails.errorhandling.orderedretry;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.FailedRecordEnding;
import io.github.kafkaguardrails.errorhandling.ListenerContext;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.RetryTask;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.OwnedLot;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.ParkedSource;

/**
 * What a lane does with a record: it delivers it, or brings it to its ending, and reports
 * the outcome. Runs on the threads of lanes, which may block.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class LaneDelivery<K, V> {

	private static final Log logger = LogFactory.getLog(LaneDelivery.class);

	private final ListenerContext listener;

	private final FailedRecordEnding ending;

	private final ListenerCall<K, V> call;

	LaneDelivery(ListenerContext listener, FailedRecordEnding ending, ListenerCall<K, V> call) {
		this.listener = listener;
		this.ending = ending;
		this.call = call;
	}

	void run(OwnedLot lot, RetryTask<ParkedSource> task) {
		ParkedRecord<ParkedSource> parked = task.record();
		if (task.kind() == RetryTask.Kind.END) {
			FailedRecord failed = (parked.attempts() > 0)
					? ParkedFailures.of(parked, parked.source().stored(), lastFailure(parked.source()),
							parked.attempts(), now(), this.listener)
					: ParkedFailures.follower(parked.source(), this.listener);
			deadLetter(failed, lot, task);
			return;
		}
		ConsumerRecord<K, V> record;
		try {
			record = deserialize(lot, parked.source());
		}
		catch (RuntimeException ex) {
			FailedRecord failed = ParkedFailures.of(parked, parked.source().stored(), ex, parked.attempts() + 1, now(),
					this.listener);
			failed(failed, false, lot, task);
			return;
		}
		deliver(record, lot, task);
	}

	private static Exception lastFailure(ParkedSource source) {
		Exception known = source.lastFailure();
		return (known != null) ? known : new ParkedRecordException(String.valueOf(source.cause()));
	}

	@SuppressWarnings("unchecked") // by the deserializers of this listener's consumer
	private ConsumerRecord<K, V> deserialize(OwnedLot lot, ParkedSource source) {
		return (ConsumerRecord<K, V>) lot.owner().deserialize(source);
	}

	private void deliver(ConsumerRecord<K, V> record, OwnedLot lot, RetryTask<ParkedSource> task) {
		ParkedRecord<ParkedSource> parked = task.record();
		int attempt = parked.attempts() + 1;
		try {
			Duration rejected = this.call.deliver(record, attempt);
			if (rejected != null) {
				lot.lot().lane().postponed(task, now() + rejected.toMillis());
				return;
			}
		}
		catch (RuntimeException ex) {
			FailedRecord failed = ParkedFailures.of(parked, record, ex, attempt, now(), this.listener);
			failed(failed, this.listener.policy().retries(attempt, failed.cause()), lot, task);
			return;
		}
		if (lot.lot().lane().succeeded(task)) {
			if (attempt > 1) {
				this.listener.events().recovered(this.listener.id(), record, attempt);
			}
			logIfReleased(lot, parked.source());
		}
	}

	private void failed(FailedRecord failed, boolean retries, OwnedLot lot, RetryTask<ParkedSource> task) {
		task.record().source().failed(failed.cause());
		this.listener.events().deliveryFailed(failed);
		if (retries) {
			long pause = this.listener.policy().pauseAfter(failed.attempts()).toMillis();
			logger.debug(
					"Parked record %s failed, attempt %d, next in %d ms".formatted(failed, failed.attempts(), pause));
			lot.lot().lane().failed(task, now(), now() + pause);
			return;
		}
		switch (this.listener.settings().ending()) {
			case STOP -> stop(failed, lot, task);
			case SKIP -> skip(failed, lot, task);
			case DEAD_LETTER -> deadLetter(failed, lot, task);
		}
	}

	private void stop(FailedRecord failed, OwnedLot lot, RetryTask<ParkedSource> task) {
		if (lot.lot().lane().stopped(task, now())) {
			this.listener.events().ended(failed, Ending.STOP);
			logger.error("Listener '%s' failed for %s after %d attempts: its key (%s) waits for an operator: %s"
				.formatted(this.listener.id(), failed, failed.attempts(),
						ParkedFailures.hash(task.record().source().key()), failed.cause().getClass().getName()));
		}
	}

	private void skip(FailedRecord failed, OwnedLot lot, RetryTask<ParkedSource> task) {
		if (lot.lot().lane().succeeded(task)) {
			this.listener.events().ended(failed, Ending.SKIP);
			logger.warn(ParkedFailures.skipped(this.listener, failed));
			logIfReleased(lot, task.record().source());
		}
	}

	private void deadLetter(FailedRecord failed, OwnedLot lot, RetryTask<ParkedSource> task) {
		ParkedSource source = task.record().source();
		try {
			FailedRecord stored = new FailedRecord(source.stored(), failed.exception(), failed.listenerId(),
					failed.groupId(), failed.attempts(), failed.firstFailure(), failed.source());
			this.ending.end(stored);
		}
		catch (RuntimeException ex) {
			logger.error("Listener '%s' could not write %s to the dead-letter topic; its key waits"
				.formatted(this.listener.id(), failed), ex);
			this.listener.events().endingFailed(failed, Ending.DEAD_LETTER, ex, false);
			long pause = this.listener.policy().pauseAfter(Math.max(1, failed.attempts())).toMillis();
			lot.lot().lane().endingFailed(task, now(), now() + Math.max(pause, 1000));
			return;
		}
		lot.lot().lane().ended(task, now()).ifPresent((marker) -> lot.owner().append(lot, marker));
		this.listener.events().ended(failed, Ending.DEAD_LETTER);
		logIfReleased(lot, source);
	}

	private void logIfReleased(OwnedLot lot, ParkedSource source) {
		if (!lot.lot().operations().isParked(source.key(), source.offset())) {
			logger.info(ParkedFailures.released(this.listener, source));
		}
	}

	private long now() {
		return this.listener.clock().millis();
	}

	/** For an error that nobody expects: the record is tried later. */
	void gaveUp(OwnedLot lot, RetryTask<ParkedSource> task, @Nullable Throwable error) {
		logger.error("Parked record " + task.record().source() + " could not be handled", error);
		lot.lot().lane().postponed(task, now() + 1000);
	}

}
