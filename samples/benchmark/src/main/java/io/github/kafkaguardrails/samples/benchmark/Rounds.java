package io.github.kafkaguardrails.samples.benchmark;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Lets contenders take turns: in each round every one is measured once, and each round
 * begins with the next one, so that no contender always runs first or after a pause.
 *
 * @param <C> type of the contenders
 */
final class Rounds<C> {

	private final String title;

	private final Collection<C> contenders;

	private final PrintStream progress;

	Rounds(String title, Collection<C> contenders, PrintStream progress) {
		this.title = title;
		this.contenders = contenders;
		this.progress = progress;
	}

	/**
	 * Measure.
	 * @param warmUps number of rounds before the counted ones
	 * @param counted number of counted rounds
	 * @param measurement gives the value of one contender in one round
	 * @return the values of the counted rounds by contender
	 */
	Function<C, Samples> run(int warmUps, int counted, Measurement<C> measurement) throws Exception {
		Map<C, List<Double>> values = new HashMap<>();
		List<C> order = new ArrayList<>(this.contenders);
		for (int round = -warmUps; round < counted; round++) {
			this.progress
				.println(this.title + ((round < 0) ? ": warm-up" : ": round " + (round + 1) + " of " + counted));
			for (C contender : order) {
				double value = measurement.measure(contender);
				if (round >= 0) {
					values.computeIfAbsent(contender, (key) -> new ArrayList<>()).add(value);
				}
			}
			Collections.rotate(order, -1);
		}
		return (contender) -> new Samples(values.getOrDefault(contender, List.of()));
	}

	/**
	 * Measures a contender once.
	 *
	 * @param <C> type of the contender
	 */
	@FunctionalInterface
	interface Measurement<C> {

		double measure(C contender) throws Exception;

	}

}
