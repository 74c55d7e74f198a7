package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * A record that is to be appended to the parked topic. Its outcome is reported to
 * {@link ParkedWrites}.
 *
 * @param <R> type of the record
 * @since 0.1.0
 */
public final class ParkedWrite<R extends SourceRecord> {

	final ParkedKey<R> key;

	final ParkedEntry<R> entry;

	final int number;

	private final ParkedRecord<R> record;

	ParkedWrite(ParkedKey<R> key, ParkedEntry<R> entry) {
		this.key = key;
		this.entry = entry;
		this.number = entry.writes;
		this.record = entry.record();
	}

	/** What to append; with the standing {@link Standing#DEAD} it is a dead marker. */
	public ParkedRecord<R> record() {
		return this.record;
	}

	/** Whether its acknowledgement would still say something. */
	boolean isCurrent() {
		return !this.entry.gone && this.number == this.entry.writes;
	}

	@Override
	public String toString() {
		return "write %d of %s".formatted(this.number, this.record);
	}

}
