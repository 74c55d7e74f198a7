package io.github.kafkaguardrails.errorhandling.orderedretry.core;

/**
 * Figures of one partition, taken at one moment.
 *
 * @param records parked records, dead markers included
 * @param keys parked keys
 * @param stoppedKeys keys that wait for an operator with a stopped record
 * @param deadKeys keys whose records follow a dead letter
 * @param bytes bytes of all parked records
 * @param window offsets from the oldest parked record to the end in the parked topic
 * @param unacknowledged records that the parked topic has not acknowledged yet
 * @param running records in the hands of lanes
 * @param due keys that are due and wait for a lane
 * @param oldestFailure earliest first failure of all parked records, in epoch
 * milliseconds; 0 when there is none
 * @since 0.1.0
 */
public record LotStatus(int records, int keys, int stoppedKeys, int deadKeys, long bytes, long window,
		int unacknowledged, int running, int due, long oldestFailure) {
}
