package io.github.kafkaguardrails.samples.orders;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * What became of the feed, as a table.
 *
 * @param sent number of orders that were sent
 * @param columns one for each listener
 */
record FeedReport(int sent, List<Column> columns) {

	FeedReport {
		columns = List.copyOf(columns);
	}

	/** Number of orders that some listener neither processed nor dead-lettered. */
	int lost() {
		return this.columns.stream().mapToInt(Column::lost).sum();
	}

	@Override
	public String toString() {
		StringBuilder table = new StringBuilder();
		cells(table, "", this.columns.stream().map(Column::listener).toList());
		row(table, "sent", (column) -> this.sent);
		row(table, "received", Column::received);
		row(table, "processed", Column::processed);
		row(table, "retried", Column::retried);
		row(table, "dead-lettered", Column::deadLettered);
		for (String cause : causes()) {
			row(table, "  " + cause, (column) -> column.causes().getOrDefault(cause, 0));
		}
		row(table, "reversed keys", Column::reversedKeys);
		row(table, "lost", Column::lost);
		return table.toString();
	}

	private TreeSet<String> causes() {
		TreeSet<String> causes = new TreeSet<>();
		this.columns.forEach((column) -> causes.addAll(column.causes().keySet()));
		return causes;
	}

	private void row(StringBuilder table, String label, ToIntFunction<Column> value) {
		cells(table, label,
				this.columns.stream()
					.map((column) -> String.format(Locale.ROOT, "%,d", value.applyAsInt(column)))
					.toList());
	}

	private static void cells(StringBuilder table, String label, List<String> values) {
		table.append(String.format(Locale.ROOT, "%-32s", label));
		values.forEach((value) -> table.append(String.format(Locale.ROOT, "%12s", value)));
		table.append('\n');
	}

	/**
	 * What became of the feed with one listener.
	 *
	 * @param listener its id
	 * @param received orders that reached it; those that cannot be read do not
	 * @param retried deliveries beyond the first
	 * @param processed orders that it processed
	 * @param reversedKeys keys of which an order was processed after a later one
	 * @param causes dead letters by their cause
	 * @param lost orders that it neither processed nor dead-lettered
	 */
	record Column(String listener, int received, int retried, int processed, int reversedKeys,
			Map<String, Integer> causes, int lost) {

		Column {
			causes = Map.copyOf(causes);
		}

		int deadLettered() {
			return this.causes.values().stream().mapToInt(Integer::intValue).sum();
		}

	}

}
