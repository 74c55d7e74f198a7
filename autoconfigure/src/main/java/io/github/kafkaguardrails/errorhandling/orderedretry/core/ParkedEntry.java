package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import org.jspecify.annotations.Nullable;

/**
 * A parked record in memory. There may be thousands: every field counts. Guarded by the
 * lock of the {@link LotState}.
 */
final class ParkedEntry<R extends SourceRecord> {

	/** The parked topic has not acknowledged the record yet. */
	static final long UNACKNOWLEDGED = -1;

	private static final int MINUTE = 60_000;

	final R source;

	final long offset;

	long parkedOffset = UNACKNOWLEDGED;

	long firstFailure;

	long due;

	int attempts;

	/** Number of the latest write; the acknowledgement of an older one is void. */
	int writes;

	boolean writing;

	/** Whether the record is done or withdrawn: no acknowledgement brings it back. */
	boolean gone;

	Standing standing;

	@Nullable ParkedEntry<R> next;

	/** Minute of the parked record's timestamp. */
	private int writtenMinute;

	ParkedEntry(ParkedRecord<R> record) {
		this.source = record.source();
		this.offset = record.source().offset();
		this.attempts = record.attempts();
		this.firstFailure = record.firstFailure();
		this.due = record.due();
		this.standing = record.standing();
	}

	boolean isAcknowledged() {
		return this.parkedOffset != UNACKNOWLEDGED;
	}

	boolean isDead() {
		return this.standing == Standing.DEAD;
	}

	void writtenAt(long millis) {
		this.writtenMinute = (int) (millis / MINUTE);
	}

	/** Rounded down: a record looks up to a minute older than it is. */
	boolean isWrittenBefore(long millis) {
		return (long) this.writtenMinute * MINUTE < millis;
	}

	void failed(long now) {
		this.attempts++;
		if (this.firstFailure == 0) {
			this.firstFailure = now;
		}
	}

	ParkedRecord<R> record() {
		return new ParkedRecord<>(this.source, this.attempts, this.firstFailure, this.due, this.standing);
	}

}
