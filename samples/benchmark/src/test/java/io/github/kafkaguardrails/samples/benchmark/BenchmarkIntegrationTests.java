package io.github.kafkaguardrails.samples.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the whole {@link Benchmark} with tiny numbers: the figures mean nothing, but every
 * part of it works.
 */
@ExtendWith(OutputCaptureExtension.class)
class BenchmarkIntegrationTests {

	private static final String NUMBER = "[0-9][0-9,.]*";

	private static final Pattern DATA = Pattern.compile("with its data in (\\S+)");

	@Test
	void printsACompleteTableAndLeavesNothingBehind(CapturedOutput output) throws Exception {
		Benchmark.main(new String[] { "--records=2000", "--rounds=1", "--ordered-records=2000", "--ordered-rounds=1",
				"--warm-ups=0", "--start-ups=1", "--listeners=2" });
		List<List<String>> table = output.getOut().lines().map((line) -> List.of(line.split(" {2,}"))).toList();
		assertThat(table).extracting((cells) -> cells.get(0))
			.satisfiesExactly((cell) -> assertThat(cell).isEqualTo("measurement"),
					(cell) -> assertThat(cell).isEqualTo("record listener, records/s"),
					(cell) -> assertThat(cell).isEqualTo("batch listener, records/s"),
					(cell) -> assertThat(cell).isEqualTo("ordered retry, nothing parked, records/s"),
					(cell) -> assertThat(cell).isEqualTo("ordered retry, 1 % of keys fail, records/s"),
					(cell) -> assertThat(cell).isEqualTo("the same, listener of 1 ms, records/s"),
					(cell) -> assertThat(cell).isEqualTo("take-over of 8,000 parked records, ms"),
					(cell) -> assertThat(cell).isEqualTo("start-up with 2 listeners, ms"),
					(cell) -> assertThat(cell).matches("all [1-9][0-9]* rules over 100 listeners, ms"));
		assertCells(table.get(1), NUMBER, NUMBER, NUMBER, NUMBER, ">= 0.97", "ok|over");
		assertCells(table.get(2), NUMBER, NUMBER, NUMBER, NUMBER, ">= 0.98", "ok|over");
		assertCells(table.get(3), "-", NUMBER, NUMBER, NUMBER, ">= 0.95", "ok|over");
		assertCells(table.get(4), "-", NUMBER, NUMBER, NUMBER, ">= 0.6", "ok|over");
		assertCells(table.get(5), "-", NUMBER, NUMBER, NUMBER, ">= 0.95", "ok|over");
		assertCells(table.get(6), "-", "-", NUMBER, "-", "<= 1,500 ms", "ok|over");
		assertCells(table.get(7), "-", NUMBER, NUMBER, "[+-][0-9.]+ % \\([+-][0-9]+ ms\\)", "<= \\+5 %", "ok|over");
		assertCells(table.get(8), "-", "-", NUMBER, "-", "<= 20 ms", "ok|over");
		assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
		Matcher data = DATA.matcher(output.getErr());
		assertThat(data.find()).isTrue();
		assertThat(Path.of(data.group(1))).doesNotExist();
	}

	private static void assertCells(List<String> cells, String... patterns) {
		assertThat(cells).hasSize(patterns.length + 1);
		for (int i = 0; i < patterns.length; i++) {
			assertThat(cells.get(i + 1)).matches(patterns[i]);
		}
	}

}
