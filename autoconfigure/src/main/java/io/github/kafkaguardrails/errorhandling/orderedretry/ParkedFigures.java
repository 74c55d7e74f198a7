package io.github.kafkaguardrails.errorhandling.orderedretry;

import java.util.List;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.LotStatus;

/**
 * Figures of a listener with ordered retry, of the partitions that this application owns.
 *
 * @param records parked records
 * @param keys parked keys
 * @param stoppedKeys keys that wait for an operator behind a failed record
 * @param deadKeys keys whose records follow a dead letter
 * @param bytes bytes of the parked records
 * @param window largest distance of a partition from its oldest parked record to the end
 * of the parked topic
 * @param backlog keys that are due and wait for a thread
 * @param oldestMillis age of the earliest failure
 * @param heldMillis how long a commit has been held back
 * @param blocked partitions that wait behind a record that the parked topic does not take
 * any more
 * @param outage whether one key after the other fails, so that nothing is parked
 * @param drainOnly whether nothing more is parked, because an operator wants it
 * @param broken why partitions are not consumed
 * @since 0.1.0
 */
public record ParkedFigures(int records, int keys, int stoppedKeys, int deadKeys, long bytes, long window, int backlog,
		long oldestMillis, long heldMillis, int blocked, boolean outage, boolean drainOnly, List<String> broken) {

	static final ParkedFigures NONE = new ParkedFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, false, List.of());

	ParkedFigures plus(LotStatus lot, long oldestMillis, long heldMillis, boolean blocks) {
		return new ParkedFigures(this.records + lot.records(), this.keys + lot.keys(),
				this.stoppedKeys + lot.stoppedKeys(), this.deadKeys + lot.deadKeys(), this.bytes + lot.bytes(),
				Math.max(this.window, lot.window()), this.backlog + lot.due(),
				Math.max(this.oldestMillis, oldestMillis), Math.max(this.heldMillis, heldMillis),
				this.blocked + (blocks ? 1 : 0), this.outage, this.drainOnly, this.broken);
	}

	ParkedFigures with(boolean outage, boolean drainOnly, List<String> broken) {
		return new ParkedFigures(this.records, this.keys, this.stoppedKeys, this.deadKeys, this.bytes, this.window,
				this.backlog, this.oldestMillis, this.heldMillis, this.blocked, outage, drainOnly, broken);
	}

}
