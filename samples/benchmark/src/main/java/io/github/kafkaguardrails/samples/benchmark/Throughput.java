package io.github.kafkaguardrails.samples.benchmark;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Records per second of a listener that does nothing.
 */
final class Throughput {

	private static final Contender KAFKA_CLIENTS = new KafkaClientsContender();

	private static final Contender PLAIN_RECORD = new SpringKafkaContender("plain Spring Kafka, record listener",
			ThroughputApplication.EachRecord.class, false);

	private static final Contender PLAIN_BATCH = new SpringKafkaContender("plain Spring Kafka, batch listener",
			ThroughputApplication.EachBatch.class, false);

	private static final Contender STARTER_RECORD = new SpringKafkaContender("starter, record listener",
			ThroughputApplication.EachRecord.class, true);

	private static final Contender STARTER_BATCH = new SpringKafkaContender("starter, batch listener",
			ThroughputApplication.EachBatch.class, true);

	private Throughput() {
	}

	static List<ResultTable.Row> measure(Workload workload, BenchmarkOptions options, PrintStream progress)
			throws Exception {
		List<Contender> contenders = List.of(KAFKA_CLIENTS, PLAIN_RECORD, STARTER_RECORD, PLAIN_BATCH, STARTER_BATCH);
		Function<Contender, Samples> results = new Rounds<>("throughput", contenders, progress).run(options.warmUps(),
				options.rounds(), (contender) -> recordsPerSecond(contender, workload, progress));
		return List.of(
				row("record listener, records/s", results, PLAIN_RECORD, STARTER_RECORD, Budget.atLeast(0.97, "0.97")),
				row("batch listener, records/s", results, PLAIN_BATCH, STARTER_BATCH, Budget.atLeast(0.98, "0.98")));
	}

	private static double recordsPerSecond(Contender contender, Workload workload, PrintStream progress)
			throws InterruptedException {
		// what the previous contender left behind is not this one's cost
		System.gc();
		double recordsPerSecond = contender.consume(workload);
		progress.printf(Locale.ROOT, "  %-40s %,12.0f records/s%n", contender.name(), recordsPerSecond);
		return recordsPerSecond;
	}

	private static ResultTable.Row row(String measurement, Function<Contender, Samples> results, Contender plain,
			Contender starter, Budget budget) {
		double ratio = results.apply(starter).dividedBy(results.apply(plain)).median();
		return new ResultTable.Row(measurement, text(results.apply(KAFKA_CLIENTS)), text(results.apply(plain)),
				text(results.apply(starter)), String.format(Locale.ROOT, "%.3f", ratio), budget.text(),
				budget.judge(ratio));
	}

	private static String text(Samples samples) {
		return String.format(Locale.ROOT, "%,.0f", samples.median());
	}

}
