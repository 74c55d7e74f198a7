package io.github.kafkaguardrails.samples.benchmark;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * How much is measured. Each component is an option of the command line, for example
 * {@code --records=200000}.
 *
 * @param records records that one throughput measurement consumes, 1,000,000 by default
 * @param recordSize bytes of a record's value, 500 by default
 * @param partitions partitions of the topic, 3 by default
 * @param rounds counted throughput rounds, 20 by default: each of the five contenders is
 * four times in each place
 * @param orderedRecords records that one throughput measurement of the ordered retry
 * consumes, 200,000 by default
 * @param orderedRounds counted rounds of them, 5 by default
 * @param startUps counted start-ups with and without the starter, 21 by default: a busy
 * machine makes one of them 20 % longer than the next
 * @param warmUps rounds before each of the two that are not counted, 2 by default
 * @param listeners listeners of the application whose start-up is measured, 20 by default
 */
record BenchmarkOptions(int records, int recordSize, int partitions, int rounds, int orderedRecords, int orderedRounds,
		int startUps, int warmUps, int listeners) {

	private static final Set<String> NAMES = new TreeSet<>(Set.of("records", "record-size", "partitions", "rounds",
			"ordered-records", "ordered-rounds", "start-ups", "warm-ups", "listeners"));

	/**
	 * Read the options.
	 * @param args arguments of the command line
	 * @throws IllegalArgumentException when an option does not exist or its value is not
	 * a whole number in its range
	 */
	static BenchmarkOptions parse(String... args) {
		SimpleCommandLinePropertySource source = new SimpleCommandLinePropertySource(args);
		if (source.containsProperty("nonOptionArgs") || !NAMES.containsAll(Arrays.asList(source.getPropertyNames()))) {
			throw new IllegalArgumentException(
					"Options are " + NAMES + ", as in --records=200000, but got " + Arrays.toString(args));
		}
		return new BenchmarkOptions(number(source, "records", 1_000_000, 1), number(source, "record-size", 500, 1),
				number(source, "partitions", 3, 1), number(source, "rounds", 20, 1),
				number(source, "ordered-records", 200_000, 1000), number(source, "ordered-rounds", 5, 1),
				number(source, "start-ups", 21, 1), number(source, "warm-ups", 2, 0),
				number(source, "listeners", 20, 1));
	}

	private static int number(SimpleCommandLinePropertySource source, String name, int byDefault, int smallest) {
		String text = source.getProperty(name);
		if (text == null) {
			return byDefault;
		}
		Integer number = parse(text);
		if (number == null || number < smallest) {
			throw new IllegalArgumentException(
					"--" + name + " must be a whole number of at least " + smallest + ", but is '" + text + "'");
		}
		return number;
	}

	private static @Nullable Integer parse(String text) {
		try {
			return Integer.valueOf(text);
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
