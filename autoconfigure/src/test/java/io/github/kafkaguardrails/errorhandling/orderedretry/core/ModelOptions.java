package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.SplittableRandom;

/**
 * The world of one run of the model, drawn from its seed.
 *
 * @param records number of source records
 * @param keys number of keys; the last one may be no key at all
 * @param withoutKey whether the last key stands for records without one
 * @param processes number of consumer processes
 * @param lanes lane threads of a process
 * @param maxAttempts deliveries of a record before its ending
 * @param network share of the steps in which the network does something
 * @param steps number of steps before everything heals
 * @param faults share of the steps in which something breaks
 * @param zombies whether an owner may be expelled without noticing
 * @param ending what follows the last attempt
 * @param seek whether the main path seeks backwards; then nothing else breaks
 * @param truncation whether the log of the commits may lose its end
 * @param rewind whether an operator may rewind the source
 * @param limits limits of the partition
 * @param mutant rule that is broken
 */
record ModelOptions(int records, int keys, boolean withoutKey, int processes, int lanes, int maxAttempts,
		double network, int steps, double faults, boolean zombies, Ending ending, boolean seek, boolean truncation,
		boolean rewind, Limits limits, Mutant mutant) {

	static ModelOptions of(SplittableRandom random, Mutant mutant) {
		boolean seek = mutant == Mutant.COMMITTED_ONLY || mutant == Mutant.IGNORE_WAIT
				|| (mutant == Mutant.NONE && random.nextInt(8) == 0);
		Ending ending = Ending.values()[random.nextInt(Ending.values().length)];
		if (mutant == Mutant.DEAD_RACE || mutant == Mutant.MAIN_POSITION_ONLY) {
			ending = Ending.PARK;
		}
		int rare = random.nextInt(4);
		int maxRecords = (random.nextInt(4) == 0) ? 3 : 100;
		int window = (random.nextInt(4) == 0) ? 2 * maxRecords : 1000;
		Limits limits = new Limits(maxRecords, (random.nextInt(8) == 0) ? 350 : 1_000_000, window,
				(random.nextInt(8) == 0) ? 1 : 100);
		return new ModelOptions(4 + random.nextInt(11), 1 + random.nextInt(3), random.nextInt(4) == 0,
				(mutant == Mutant.NO_FENCE) ? 3 : 1 + random.nextInt(3), 1 + random.nextInt(3), pick(random, 2, 3, 50),
				pick(random, 0.12, 0.2, 0.45), 60 + random.nextInt(341), pick(random, 0.01, 0.03, 0.08),
				!seek && (random.nextBoolean() || mutant == Mutant.NO_FENCE), ending, seek, rare == 0, rare == 1,
				limits, mutant);
	}

	private static int pick(SplittableRandom random, int... values) {
		return values[random.nextInt(values.length)];
	}

	private static double pick(SplittableRandom random, double... values) {
		return values[random.nextInt(values.length)];
	}

	AfterEnding afterEnding() {
		return (this.ending == Ending.PARK) ? AfterEnding.PARK : AfterEnding.RELEASE;
	}

	/** Endings of the model. */
	enum Ending {

		/** Dead letter, then the followers go on. */
		RELEASE,

		/** Dead letter, and the followers go there too. */
		PARK,

		/** The key stops. */
		STOP

	}

}
