package io.github.kafkaguardrails.samples.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.NewTopic;

/**
 * Time until {@link StartUpApplication} is ready, each time in a fresh JVM: with the
 * starter on its class path, and without.
 */
final class StartUp {

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private StartUp() {
	}

	static ResultTable.Row measure(String bootstrapServers, BenchmarkOptions options, PrintStream progress)
			throws Exception {
		Workload.createTopics(bootstrapServers,
				IntStream.range(0, options.listeners())
					.mapToObj((listener) -> new NewTopic(StartUpApplication.topic(listener), 1, (short) 1))
					.toList());
		Function<Boolean, Samples> results;
		try (ApplicationClassPath classPath = ApplicationClassPath.create()) {
			results = new Rounds<>("start-up", List.of(false, true), progress).run(options.warmUps(),
					options.startUps(),
					(guardrails) -> millis(bootstrapServers, options, classPath, guardrails, progress));
		}
		Samples plain = results.apply(false);
		Samples starter = results.apply(true);
		double ratio = starter.dividedBy(plain).median();
		Budget budget = Budget.atMost(1.05, "+5 %");
		return new ResultTable.Row("start-up with " + options.listeners() + " listeners, ms", ResultTable.Row.NONE,
				text("%,.0f", plain.median()), text("%,.0f", starter.median()),
				text("%+.1f %% (%+.0f ms)", (ratio - 1) * 100, starter.minus(plain).median()), budget.text(),
				budget.judge(ratio));
	}

	private static double millis(String bootstrapServers, BenchmarkOptions options, ApplicationClassPath classPath,
			boolean guardrails, PrintStream progress) throws IOException, InterruptedException {
		Path output = Files.createTempFile("guardrails-benchmark-start-up", ".log");
		try (JavaProcess process = JavaProcess.start(output, "512m",
				guardrails ? classPath.withStarter() : classPath.withoutStarter(), StartUpApplication.class.getName(),
				List.of("--server.port=0", "--spring.kafka.bootstrap-servers=" + bootstrapServers,
						"--" + StartUpApplication.LISTENERS + "=" + options.listeners()))) {
			String printed = process.awaitSuccess(LIMIT);
			double millis = printed.lines()
				.filter((line) -> line.startsWith(StartUpApplication.RESULT))
				.mapToLong((line) -> Long.parseLong(line.substring(StartUpApplication.RESULT.length())))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("The application did not become ready:\n" + printed))
					/ 1e6;
			progress.println(text("  %-40s %,12.0f ms", guardrails ? "starter" : "plain Spring Kafka", millis));
			return millis;
		}
		finally {
			Files.delete(output);
		}
	}

	private static String text(String format, Object... values) {
		return String.format(Locale.ROOT, format, values);
	}

}
