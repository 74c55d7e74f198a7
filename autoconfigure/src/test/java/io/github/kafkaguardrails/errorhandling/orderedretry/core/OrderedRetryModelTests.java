package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Runs the model with many seeds. {@code -Dordered-retry.model.runs=1000000} for more
 * runs, {@code -Dordered-retry.model.seed=42} to see what one of them does.
 */
class OrderedRetryModelTests {

	private static final int MUTANT_RUNS = 40_000;

	@Test
	void keepsItsPromiseInEveryRun() {
		Long seed = Long.getLong("ordered-retry.model.seed");
		if (seed != null) {
			replay(seed);
			return;
		}
		int runs = Integer.getInteger("ordered-retry.model.runs", 10_000);
		LongStream.rangeClosed(1, runs)
			.parallel()
			.filter((each) -> !isClean(each))
			.findFirst()
			.ifPresent(OrderedRetryModelTests::replay);
	}

	private static boolean isClean(long seed) {
		try {
			return Model.run(seed, Mutant.NONE).isEmpty();
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	private static void replay(long seed) {
		Model model = new Model(seed, Mutant.NONE, new TreeMap<>(), true);
		List<String> violations;
		try {
			violations = model.run();
		}
		catch (IllegalStateException ex) {
			violations = List.of(ex.toString());
		}
		if (!violations.isEmpty()) {
			fail("Seed %d violates %s, replay with -Dordered-retry.model.seed=%d%n%s%n%s", seed, violations, seed,
					model.options, String.join(System.lineSeparator(), model.traced()));
		}
	}

	@Test
	void doesEverythingItIsThereFor() {
		Map<String, Integer> counts = new TreeMap<>();
		for (long seed = 1; seed <= 500; seed++) {
			new Model(seed, Mutant.NONE, counts, false).run();
		}
		assertThat(counts).containsOnlyKeys("assignments", "crashes", "expulsions", "failed endings", "failed writes",
				"ghosts", "holds", "limits", "markers", "parks", "releases", "renewals", "revocations", "rewinds",
				"skips", "tasks", "tasks to end", "truncations", "waits", "withdrawals");
		assertThat(counts.values()).allMatch((count) -> count > 0);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void catchesEachMutant(Mutant mutant) {
		long caught = LongStream.rangeClosed(1, MUTANT_RUNS)
			.filter((seed) -> !Model.run(seed, mutant).isEmpty())
			.findFirst()
			.orElse(0);
		assertThat(caught).as("first seed that catches the mutant").isPositive();
	}

}
