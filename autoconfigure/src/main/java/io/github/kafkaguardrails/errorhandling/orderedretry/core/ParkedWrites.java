package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.LotState.Phase;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedKey.Place;

/**
 * The writes to the parked topic of one partition. May be used by any thread; nothing
 * blocks. Each write that was handed out gets exactly one outcome, {@link #written} or
 * {@link #failed}; only an acknowledged write counts, whatever else arrives there.
 *
 * @param <R> type of the records
 * @since 0.1.0
 */
public final class ParkedWrites<R extends SourceRecord> {

	private final LotState<R> state;

	ParkedWrites(LotState<R> state) {
		this.state = state;
	}

	/**
	 * The parked topic has acknowledged a write.
	 * @param write the write
	 * @param parkedOffset its offset in the parked topic
	 * @param writtenAt timestamp of the record in the parked topic, in epoch milliseconds
	 * @return whether it counts; not when the record is done by now (R6), when a later
	 * write of it exists or when the lot is closed
	 */
	public boolean written(ParkedWrite<R> write, long parkedOffset, long writtenAt) {
		this.state.lock.lock();
		try {
			this.state.log.reaches(parkedOffset);
			if (!counts(write)) {
				return false;
			}
			ParkedEntry<R> entry = write.entry;
			landed(entry);
			if (entry.isAcknowledged()) {
				this.state.log.remove(entry.parkedOffset);
			}
			this.state.log.add(parkedOffset);
			entry.parkedOffset = parkedOffset;
			entry.writtenAt(writtenAt);
			boolean marks = entry.isDead() && !write.key.marked;
			write.key.marked = write.key.marked || marks;
			if (write.key.place == Place.IDLE) {
				this.state.schedule(write.key);
			}
			this.state.changed.signalAll();
			return true;
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * A write failed, or nobody knows whether it did. If it is still needed,
	 * {@link #unsent} hands it out again.
	 * @param write the write
	 */
	public void failed(ParkedWrite<R> write) {
		this.state.lock.lock();
		try {
			if (!counts(write)) {
				return;
			}
			landed(write.entry);
			if (isNeeded(write)) {
				this.state.unsent.add(write);
			}
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Whether the record of a write is still to be parked: the parked topic has not
	 * acknowledged it, and nobody has given it up.
	 * @param write the write, or an earlier one of the same record
	 */
	public boolean isMissing(ParkedWrite<R> write) {
		this.state.lock.lock();
		try {
			return this.state.phase != Phase.CLOSED && !write.entry.gone && !write.entry.isAcknowledged();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	private boolean counts(ParkedWrite<R> write) {
		return this.state.phase != Phase.CLOSED && write.isCurrent() && write.entry.writing;
	}

	private void landed(ParkedEntry<R> entry) {
		entry.writing = false;
		this.state.writing--;
	}

	/** A renewal is not: the record is in the parked topic anyway. */
	private boolean isNeeded(ParkedWrite<R> write) {
		return !write.entry.isAcknowledged() || (write.entry.isDead() && !write.key.marked);
	}

	/**
	 * The writes that failed and must be sent again, each once. They keep their order.
	 */
	public List<ParkedWrite<R>> unsent() {
		this.state.lock.lock();
		try {
			List<ParkedWrite<R>> again = new ArrayList<>();
			for (ParkedWrite<R> write : this.state.unsent) {
				if (write.isCurrent() && this.state.phase != Phase.CLOSED) {
					again.add(this.state.write(write.key, write.entry));
				}
			}
			this.state.unsent.clear();
			return again;
		}
		finally {
			this.state.lock.unlock();
		}
	}

	/**
	 * Records to append to the parked topic once more, the oldest first: those that were
	 * written too long ago, so that they outlive its retention, and, when three quarters
	 * of the window are used, those in the oldest quarter, so that it becomes shorter.
	 * @param writtenBefore age from which on to renew, in epoch milliseconds
	 * @param max number of records at most
	 * @return what to append; to call this again before that has an outcome hands out
	 * nothing twice
	 */
	public List<ParkedWrite<R>> renewals(long writtenBefore, int max) {
		this.state.lock.lock();
		try {
			if (this.state.records == 0 || this.state.phase == Phase.CLOSED) {
				return List.of();
			}
			long window = this.state.window();
			boolean wide = window > this.state.limits.window() / 4 * 3L;
			long oldestQuarter = wide ? this.state.log.base() + window / 4 : 0;
			List<Renewal<R>> old = new ArrayList<>();
			this.state.keys.forEach((key) -> {
				for (ParkedEntry<R> entry = key.first; entry != null; entry = entry.next) {
					boolean complete = entry.isAcknowledged() && !entry.writing && (!entry.isDead() || key.marked);
					if (complete && (entry.parkedOffset < oldestQuarter || entry.isWrittenBefore(writtenBefore))) {
						old.add(new Renewal<>(key, entry));
					}
				}
			});
			return old.stream()
				.sorted(Comparator.comparingLong((renewal) -> renewal.entry().parkedOffset))
				.limit(max)
				.map((renewal) -> this.state.write(renewal.key(), renewal.entry()))
				.toList();
		}
		finally {
			this.state.lock.unlock();
		}
	}

	private record Renewal<R extends SourceRecord>(ParkedKey<R> key, ParkedEntry<R> entry) {
	}

}
