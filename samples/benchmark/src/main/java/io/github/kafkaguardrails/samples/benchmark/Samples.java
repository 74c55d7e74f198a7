package io.github.kafkaguardrails.samples.benchmark;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * The values of one quantity, one per round.
 *
 * @param values the values in the order of the rounds, at least one
 */
record Samples(List<Double> values) {

	Samples {
		values = List.copyOf(values);
		if (values.isEmpty()) {
			throw new IllegalArgumentException("'values' must not be empty");
		}
	}

	/** The middle value, or the mean of the two in the middle. */
	double median() {
		List<Double> sorted = this.values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

	/**
	 * The ratio of each round to the same round of others, so that a slow phase of the
	 * machine hits both sides.
	 */
	Samples dividedBy(Samples others) {
		return combine(others, (mine, other) -> mine / other);
	}

	/** The difference of each round to the same round of others. */
	Samples minus(Samples others) {
		return combine(others, (mine, other) -> mine - other);
	}

	private Samples combine(Samples others, DoubleBinaryOperator operator) {
		if (this.values.size() != others.values.size()) {
			throw new IllegalArgumentException(
					this.values.size() + " rounds cannot be compared with " + others.values.size());
		}
		return new Samples(IntStream.range(0, this.values.size())
			.mapToObj((round) -> operator.applyAsDouble(this.values.get(round), others.values.get(round)))
			.toList());
	}

}
