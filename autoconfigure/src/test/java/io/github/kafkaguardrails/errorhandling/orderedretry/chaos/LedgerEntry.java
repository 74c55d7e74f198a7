package io.github.kafkaguardrails.errorhandling.orderedretry.chaos;

/**
 * What an instance did with a record, or what became of it.
 *
 * @param micros when, in epoch microseconds
 * @param event what happened
 * @param partition partition of the source topic
 * @param offset offset in it
 * @param key key of the record
 */
record LedgerEntry(long micros, Event event, int partition, long offset, String key) {

	static LedgerEntry parse(String line) {
		String[] fields = line.split(" ", -1);
		return new LedgerEntry(Long.parseLong(fields[0]), Event.valueOf(fields[1]), Integer.parseInt(fields[2]),
				Long.parseLong(fields[3]), fields[4]);
	}

	/** One line of a ledger, without its end. */
	String line() {
		return this.micros + " " + this.event + " " + this.partition + " " + this.offset + " " + this.key;
	}

	/** What can happen to a record. */
	enum Event {

		/** A delivery began. */
		STARTED,

		/** A delivery succeeded: a terminal outcome. */
		SUCCEEDED,

		/** A delivery failed. */
		FAILED,

		/** The record is in the dead-letter topic: a terminal outcome. */
		DEAD_LETTERED;

		boolean terminal() {
			return this == SUCCEEDED || this == DEAD_LETTERED;
		}

	}

}
