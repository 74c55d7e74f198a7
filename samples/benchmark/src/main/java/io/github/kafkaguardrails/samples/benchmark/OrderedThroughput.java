package io.github.kafkaguardrails.samples.benchmark;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Records per second of the keys that do not fail, with ordered retry against plain
 * Spring Kafka. Where keys fail, it is one in a hundred, and for ever.
 */
final class OrderedThroughput {

	/** A listener that takes a millisecond is given fewer records. */
	private static final int SLOW_SHARE = 10;

	private static final KeyedContender PLAIN = new KeyedContender("plain Spring Kafka, keys", null, false, 0);

	private static final KeyedContender NOTHING_PARKED = new KeyedContender("ordered retry, nothing parked", "ordered",
			false, 0);

	private static final KeyedContender KEYS_FAIL = new KeyedContender("ordered retry, 1 % of the keys fail", "ordered",
			true, 0);

	private static final KeyedContender PLAIN_SLOW = new KeyedContender("plain Spring Kafka, listener of 1 ms", null,
			false, 1);

	private static final KeyedContender KEYS_FAIL_SLOW = new KeyedContender(
			"ordered retry, 1 % of the keys fail, listener of 1 ms", "ordered", true, 1);

	private OrderedThroughput() {
	}

	static List<ResultTable.Row> measure(String bootstrapServers, BenchmarkOptions options, PrintStream progress)
			throws Exception {
		Function<KeyedContender, Samples> fast = run("ordered retry", options.orderedRecords(),
				List.of(PLAIN, NOTHING_PARKED, KEYS_FAIL), bootstrapServers, options, progress);
		Function<KeyedContender, Samples> slow = run("ordered retry, listener of 1 ms",
				options.orderedRecords() / SLOW_SHARE, List.of(PLAIN_SLOW, KEYS_FAIL_SLOW), bootstrapServers, options,
				progress);
		return List.of(row("ordered retry, nothing parked, records/s", fast, PLAIN, NOTHING_PARKED, 0.95),
				row("ordered retry, 1 % of keys fail, records/s", fast, PLAIN, KEYS_FAIL, 0.6),
				row("the same, listener of 1 ms, records/s", slow, PLAIN_SLOW, KEYS_FAIL_SLOW, 0.95));
	}

	private static Function<KeyedContender, Samples> run(String title, int records, List<KeyedContender> contenders,
			String bootstrapServers, BenchmarkOptions options, PrintStream progress) throws Exception {
		int[] runs = new int[1];
		return new Rounds<>(title, contenders, progress).run(Math.min(1, options.warmUps()), options.orderedRounds(),
				(contender) -> {
					// what is parked belongs to a topic: each measurement has one of its
					// own
					String topic = title.replaceAll("[^a-z0-9]+", "-") + "." + runs[0]++;
					Workload workload = Workload.withKeys(bootstrapServers, options, topic, records);
					System.gc();
					double recordsPerSecond = contender.consume(workload);
					workload.delete();
					progress.printf(Locale.ROOT, "  %-55s %,12.0f records/s%n", contender.name(), recordsPerSecond);
					return recordsPerSecond;
				});
	}

	private static ResultTable.Row row(String measurement, Function<KeyedContender, Samples> results,
			KeyedContender plain, KeyedContender ordered, double limit) {
		double ratio = results.apply(ordered).dividedBy(results.apply(plain)).median();
		Budget budget = Budget.atLeast(limit, Double.toString(limit));
		return new ResultTable.Row(measurement, ResultTable.Row.NONE, text(results.apply(plain)),
				text(results.apply(ordered)), String.format(Locale.ROOT, "%.3f", ratio), budget.text(),
				budget.judge(ratio));
	}

	private static String text(Samples samples) {
		return String.format(Locale.ROOT, "%,.0f", samples.median());
	}

}
