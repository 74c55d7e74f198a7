package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Sees every delivery and every outcome of a run, from outside, and says what is wrong.
 */
final class ModelLedger {

	private final ModelBroker broker;

	private final int records;

	/** When a record had its last outcome; 0 for never. */
	private final int[] last;

	/** Records whose last outcome was their dead letter. */
	private final BitSet deadLetters = new BitSet();

	private final List<String> violations = new ArrayList<>();

	private int time;

	ModelLedger(ModelBroker broker, int records) {
		this.broker = broker;
		this.records = records;
		this.last = new int[records];
	}

	/** O1: every earlier record of the key has had an outcome. */
	void delivered(int source) {
		for (int earlier = 0; earlier < source; earlier++) {
			if (this.broker.sameKey(earlier, source) && !hasOutcome(earlier)) {
				violated("O1: record %d is delivered before %d".formatted(source, earlier));
				return;
			}
		}
	}

	void succeeded(int source) {
		this.last[source] = ++this.time;
		this.deadLetters.clear(source);
	}

	void deadLettered(int source) {
		this.last[source] = ++this.time;
		this.deadLetters.set(source);
	}

	boolean hasOutcome(int source) {
		return this.last[source] > 0;
	}

	/**
	 * I2: every record that is not done is in the committed state of the parked topic.
	 */
	void committedSource() {
		ModelBroker.Committed committed = this.broker.committed();
		BitSet parked = parked(false);
		for (int source = 0; source < committed.source(); source++) {
			if (!hasOutcome(source) && !parked.get(source)) {
				violated("I2: record %d is lost by the commit of %d".formatted(source, committed.source()));
			}
		}
	}

	/** I4: what is done of a key is a prefix. */
	void committedParked() {
		BitSet parked = parked(false);
		BitSet dead = parked(true);
		long end = this.broker.committed().source();
		for (int source = parked.nextSetBit(0); source >= 0; source = parked.nextSetBit(source + 1)) {
			for (int later = source + 1; later < end && !dead.get(source); later++) {
				if (this.broker.sameKey(source, later) && !parked.get(later)) {
					violated("I4: record %d is done before %d".formatted(later, source));
				}
			}
		}
	}

	private BitSet parked(boolean deadOnly) {
		BitSet sources = new BitSet();
		for (long offset : this.broker.committed().snapshot().incomplete()) {
			ParkedRecord<TestRecord> record = this.broker.parked.get((int) offset);
			if (!deadOnly || record.standing() == Standing.DEAD) {
				sources.set((int) record.source().offset());
			}
		}
		return sources;
	}

	/**
	 * P1: nothing is lost. O3, unless there was a zombie: the last outcomes are in order.
	 * @param zombie whether there was one
	 * @param deadLettersStay whether a record that was processed again after a rewind may
	 * come after a later one that was dead-lettered for good before
	 */
	void end(boolean zombie, boolean deadLettersStay) {
		for (int source = 0; source < this.records; source++) {
			if (!hasOutcome(source)) {
				violated("P1: record %d is lost".formatted(source));
			}
			for (int later = source + 1; later < this.records && !zombie; later++) {
				boolean stays = deadLettersStay && this.deadLetters.get(later);
				if (this.broker.sameKey(source, later) && this.last[source] > this.last[later] && !stays) {
					violated("O3: the last outcome of record %d is before that of %d".formatted(later, source));
				}
			}
		}
	}

	void violated(String violation) {
		this.violations.add(violation);
	}

	List<String> violations() {
		return this.violations;
	}

}
