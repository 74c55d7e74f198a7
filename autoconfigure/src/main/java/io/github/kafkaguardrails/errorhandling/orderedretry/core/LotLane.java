package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.Optional;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.LotState.Phase;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedKey.Place;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.RetryTask.Kind;

/**
 * Hands parked records to the threads that try them again, one of each key at a time, and
 * takes the outcome. May be used by any thread; nothing blocks. An outcome that arrives
 * after the lot was closed has no effect: the next owner tries the record again.
 *
 * <p>
 * Each task gets exactly one outcome.
 *
 * @param <R> type of the records
 * @since 0.1.0
 */
public final class LotLane<R extends SourceRecord> {

	private final LotState<R> state;

	LotLane(LotState<R> state) {
		this.state = state;
	}

	/**
	 * The record that is due longest and may be tried (R1, R5), if there is one.
	 * @param now present instant, in epoch milliseconds
	 */
	public Optional<RetryTask<R>> next(long now) {
		this.state.lock.lock();
		try {
			if (this.state.phase != Phase.OPEN) {
				return Optional.empty();
			}
			for (ParkedKey<R> key = this.state.queue.pollDue(now); key != null; key = this.state.queue.pollDue(now)) {
				ParkedEntry<R> head = this.state.head(key);
				if (head != null && this.state.isPassed(head.offset)) {
					key.place = Place.RUNNING;
					this.state.running++;
					boolean ends = key.dead > 0 || head.standing == Standing.ENDING;
					return Optional.of(new RetryTask<>(key, head, ends ? Kind.END : Kind.DELIVER));
				}
				this.state.schedule(key);
			}
			return Optional.empty();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * When {@link #next} may have something to hand out if nothing else happens until
	 * then, in epoch milliseconds; {@link Long#MAX_VALUE} for never.
	 */
	public long nextDue() {
		this.state.lock.lock();
		try {
			return (this.state.phase == Phase.OPEN) ? this.state.queue.nextDue() : RetryQueue.NEVER;
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * The listener has processed the record, or its ending is "skip". The next record of
	 * its key is due at once.
	 * @param task the task
	 * @return whether it counts
	 */
	public boolean succeeded(RetryTask<R> task) {
		return report(task, () -> this.state.remove(task.key, task.entry));
	}

	/**
	 * The delivery failed and there will be another one.
	 * @param task the task
	 * @param now present instant, in epoch milliseconds
	 * @param due when to try again, in epoch milliseconds
	 * @return whether it counts
	 */
	public boolean failed(RetryTask<R> task, long now, long due) {
		return report(task, () -> again(task, now, due, Standing.WAITING));
	}

	/**
	 * The delivery, if there was one, was the last, but the ending failed: only the
	 * ending is tried again.
	 * @param task the task
	 * @param now present instant, in epoch milliseconds
	 * @param due when to try again, in epoch milliseconds
	 * @return whether it counts
	 */
	public boolean endingFailed(RetryTask<R> task, long now, long due) {
		return report(task, () -> again(task, now, due, Standing.ENDING));
	}

	/**
	 * The delivery was the last, and the key stops here until an operator decides.
	 * @param task the task
	 * @param now present instant, in epoch milliseconds
	 * @return whether it counts
	 */
	public boolean stopped(RetryTask<R> task, long now) {
		return report(task, () -> again(task, now, RetryQueue.NEVER, Standing.STOPPED));
	}

	private void again(RetryTask<R> task, long now, long due, Standing standing) {
		if (task.kind() == Kind.DELIVER) {
			task.entry.failed(now);
		}
		task.entry.due = due;
		task.entry.standing = standing;
		this.state.schedule(task.key);
	}

	/**
	 * Nothing was done with the record: it is tried later.
	 * @param task the task
	 * @param due when to try, in epoch milliseconds
	 * @return whether it counts
	 */
	public boolean postponed(RetryTask<R> task, long due) {
		return report(task, () -> {
			task.entry.due = due;
			this.state.schedule(task.key);
		});
	}

	/**
	 * The record has met its ending: the dead-letter topic has acknowledged it. Either
	 * that is all; or its key is to stay parked, then a dead marker must be appended to
	 * the parked topic, and only when that is acknowledged the later records of the key
	 * follow (R11).
	 * @param task the task
	 * @param now present instant, in epoch milliseconds
	 * @return the dead marker to append, if there is one
	 */
	public Optional<ParkedWrite<R>> ended(RetryTask<R> task, long now) {
		this.state.lock.lock();
		try {
			if (!finish(task)) {
				return Optional.empty();
			}
			if (task.key.dead > 0 || this.state.afterEnding == AfterEnding.RELEASE) {
				this.state.remove(task.key, task.entry);
				return Optional.empty();
			}
			if (task.kind() == Kind.DELIVER) {
				task.entry.failed(now);
			}
			task.entry.standing = Standing.DEAD;
			task.key.dead++;
			return Optional.of(this.state.write(task.key, task.entry));
		}
		finally {
			this.state.lock.unlock();
		}
	}

	private boolean report(RetryTask<R> task, Runnable outcome) {
		this.state.lock.lock();
		try {
			boolean counts = finish(task);
			if (counts) {
				outcome.run();
			}
			return counts;
		}
		finally {
			this.state.lock.unlock();
		}
	}

	private boolean finish(RetryTask<R> task) {
		if (task.reported) {
			throw new IllegalStateException("The outcome of " + task + " was reported before");
		}
		task.reported = true;
		this.state.running--;
		task.key.place = Place.IDLE;
		this.state.changed.signalAll();
		return this.state.phase != Phase.CLOSED;
	}

}
