package io.github.kafkaguardrails.samples.benchmark;

import java.io.PrintStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.PitfallSettings;
import io.github.kafkaguardrails.setup.KafkaSetup;

/**
 * Time of all rules over one large picture.
 */
final class Rules {

	private static final int LISTENERS = 100;

	private static final int CLIENTS = 50;

	private static final int WARM_UPS = 200;

	private static final int ROUNDS = 101;

	private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

	private Rules() {
	}

	static ResultTable.Row measure(PrintStream progress) {
		PitfallCatalogue catalogue = PitfallCatalogue.load(List.of(), Rules.class.getClassLoader());
		KafkaSetup setup = LargeSetup.of(LISTENERS, CLIENTS, catalogue.ids());
		PitfallReport report = catalogue.check(setup, PitfallSettings.defaults(), TODAY);
		progress.println("rules: " + report.rules() + " rules, " + report.findings().size() + " findings");
		IntStream.range(0, WARM_UPS).forEach((round) -> millis(catalogue, setup));
		double median = new Samples(IntStream.range(0, ROUNDS).mapToObj((round) -> millis(catalogue, setup)).toList())
			.median();
		Budget budget = Budget.atMost(20, "20 ms");
		return new ResultTable.Row("all " + report.rules() + " rules over " + LISTENERS + " listeners, ms",
				ResultTable.Row.NONE, ResultTable.Row.NONE, String.format(Locale.ROOT, "%.2f", median),
				ResultTable.Row.NONE, budget.text(), budget.judge(median));
	}

	private static double millis(PitfallCatalogue catalogue, KafkaSetup setup) {
		long start = System.nanoTime();
		PitfallReport report = catalogue.check(setup, PitfallSettings.defaults(), TODAY);
		double millis = (System.nanoTime() - start) / 1e6;
		if (report.rules() == 0) {
			throw new IllegalStateException("No rule ran");
		}
		return millis;
	}

}
