package io.github.kafkaguardrails.samples.benchmark;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what the starter costs and prints a table: medians, ratios to plain Spring
 * Kafka and the budget of each. Progress goes to the error stream. The exit code says
 * whether the benchmark ran, not whether the budgets are kept. From the root of the
 * repository: <pre>
 * mvn -q -pl samples/benchmark -am spring-boot:run
 * mvn -q -pl samples/benchmark -am spring-boot:run -Dspring-boot.run.arguments="--records=200000 --rounds=5"
 * </pre>
 */
public final class Benchmark {

	private Benchmark() {
	}

	public static void main(String[] args) throws Exception {
		System.out.println(run(BenchmarkOptions.parse(args), System.err));
	}

	private static ResultTable run(BenchmarkOptions options, PrintStream progress) throws Exception {
		progress.println(options);
		List<ResultTable.Row> rows = new ArrayList<>();
		try (BrokerProcess broker = BrokerProcess.start()) {
			progress.println(broker);
			rows.addAll(
					Throughput.measure(Workload.withoutKeys(broker.bootstrapServers(), options), options, progress));
			rows.addAll(OrderedThroughput.measure(broker.bootstrapServers(), options, progress));
			rows.add(TakeOver.measure(broker.bootstrapServers(), options, progress));
			rows.add(StartUp.measure(broker.bootstrapServers(), options, progress));
		}
		rows.add(Rules.measure(progress));
		return new ResultTable(rows);
	}

}
