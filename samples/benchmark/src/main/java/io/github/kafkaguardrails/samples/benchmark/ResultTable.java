package io.github.kafkaguardrails.samples.benchmark;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The results as text with aligned columns.
 */
final class ResultTable {

	private static final String GAP = "  ";

	private final List<Row> rows;

	ResultTable(List<Row> rows) {
		this.rows = List.copyOf(rows);
	}

	@Override
	public String toString() {
		List<List<String>> lines = Stream.concat(Stream.of(Row.HEADER), this.rows.stream()).map(Row::cells).toList();
		int[] widths = IntStream.range(0, Row.HEADER.cells().size())
			.map((column) -> lines.stream().mapToInt((cells) -> cells.get(column).length()).max().orElse(0))
			.toArray();
		return lines.stream().map((cells) -> line(cells, widths)).collect(Collectors.joining("\n"));
	}

	private static String line(List<String> cells, int[] widths) {
		StringBuilder line = new StringBuilder(cells.get(0)).append(padding(cells.get(0), widths[0]));
		for (int column = 1; column < widths.length; column++) {
			line.append(GAP).append(padding(cells.get(column), widths[column])).append(cells.get(column));
		}
		return line.toString();
	}

	private static String padding(String cell, int width) {
		return " ".repeat(width - cell.length());
	}

	/**
	 * One line.
	 *
	 * @param measurement what was measured, with its unit
	 * @param kafkaClients value of the plain poll loop, or {@link #NONE}
	 * @param springKafka value of plain Spring Kafka, or {@link #NONE}
	 * @param starter value with the starter
	 * @param ratio starter to plain Spring Kafka, or {@link #NONE}
	 * @param budget what is allowed
	 * @param verdict whether the budget is kept
	 */
	record Row(String measurement, String kafkaClients, String springKafka, String starter, String ratio, String budget,
			String verdict) {

		/** A value that does not exist. */
		static final String NONE = "-";

		private static final Row HEADER = new Row("measurement", "kafka-clients", "spring-kafka", "starter", "ratio",
				"budget", "verdict");

		private List<String> cells() {
			return List.of(this.measurement, this.kafkaClients, this.springKafka, this.starter, this.ratio, this.budget,
					this.verdict);
		}

	}

}
