package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * A parked record in the hands of a lane. Nobody else handles a record of its key until
 * the lane has reported the outcome, once, to {@link LotLane}.
 *
 * @param <R> type of the record
 * @since 0.1.0
 */
public final class RetryTask<R extends SourceRecord> {

	final ParkedKey<R> key;

	final ParkedEntry<R> entry;

	boolean reported;

	private final ParkedRecord<R> record;

	private final Kind kind;

	RetryTask(ParkedKey<R> key, ParkedEntry<R> entry, Kind kind) {
		this.key = key;
		this.entry = entry;
		this.record = entry.record();
		this.kind = kind;
	}

	/** The record and the state of its retry before this task. */
	public ParkedRecord<R> record() {
		return this.record;
	}

	/** What to do with it. */
	public Kind kind() {
		return this.kind;
	}

	@Override
	public String toString() {
		return this.kind + " " + this.record;
	}

	/**
	 * What a lane does with a record.
	 */
	public enum Kind {

		/** Deliver it to the listener. */
		DELIVER,

		/** Bring it to its ending without another delivery. */
		END

	}

}
