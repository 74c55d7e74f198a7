package io.github.kafkaguardrails.errorhandling.orderedretry.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.kafkaguardrails.errorhandling.orderedretry.chaos.LedgerEntry.Event;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Lot;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Route;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises of the ordered retry while the instances of an application are killed,
 * stopped, frozen, added and removed. Takes more than a minute for each run; number of
 * runs with {@code -Dchaos.runs=30}, the first seed with {@code -Dchaos.seed=1}, seconds
 * of each run with {@code -Dchaos.seconds=45}, another retry mode with
 * {@code -Dchaos.mode=blocking}.
 */
@EnabledIfSystemProperty(named = "chaos.runs", matches = "\\d+",
		disabledReason = "each run takes more than a minute: -Dchaos.runs=3")
class ChaosIntegrationTests {

	private static final Duration SECONDS = Duration.ofSeconds(Integer.getInteger("chaos.seconds", 45));

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path folder;

	static LongStream seeds() {
		long first = Long.getLong("chaos.seed", 1);
		return LongStream.range(first, first + Integer.getInteger("chaos.runs", 0));
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void everyPromiseIsKept(long seed) throws Exception {
		ChaosScenario scenario = ChaosScenario.of(seed);
		Ledger ledger = run(scenario, System.getProperty("chaos.mode", "ordered"), "");
		assertThat(ledger.lost()).as("P1: lost").isEmpty();
		assertThat(ledger.overtakings()).as("O1: overtaking").isEmpty();
		if (!scenario.zombies()) {
			assertThat(ledger.reversals()).as("O3: reversals").isEmpty();
		}
		assertThat(ledger.count(Event.FAILED)).as("failed deliveries").isPositive();
		assertThat(ledger.count(Event.SUCCEEDED)).as("successful deliveries").isPositive();
	}

	/** A retry topic writes a failing record to the tail and lets its followers pass. */
	@Test
	void aRecordThatGoesToTheTailIsCaught() throws Exception {
		ChaosScenario scenario = ChaosScenario.of(Long.getLong("chaos.seed", 1));
		assertThat(run(scenario, "topic", "").overtakings()).isNotEmpty();
	}

	@Test
	void aRecordThatIsNotDivertedIsCaught() throws Exception {
		Path classes = Files.createDirectory(this.folder.resolve("classes"));
		Class<?> state = Class.forName(Lot.class.getPackageName() + ".LotState");
		try (DynamicType.Unloaded<?> mutant = new ByteBuddy().redefine(state)
			.method(ElementMatchers.named("route"))
			.intercept(FixedValue.value(Route.DIRECT))
			.make()) {
			mutant.saveIn(classes.toFile());
		}
		ChaosScenario scenario = ChaosScenario.of(Long.getLong("chaos.seed", 1));
		assertThat(run(scenario, "ordered", classes.toString()).overtakings()).isNotEmpty();
	}

	private Ledger run(ChaosScenario scenario, String mode, String classPath) throws Exception {
		try (ChaosRun run = new ChaosRun(scenario, scenario.arguments(mode), classPath, this.folder)) {
			Ledger ledger = run.run(SECONDS);
			System.out.printf(
					"%s: %s, deliveries started %d, succeeded %d, failed %d, dead-lettered %d,"
							+ " lost %d, overtaking %d, reversals %d%n",
					scenario, run.actions(), ledger.count(Event.STARTED), ledger.count(Event.SUCCEEDED),
					ledger.count(Event.FAILED), ledger.count(Event.DEAD_LETTERED), ledger.lost().size(),
					ledger.overtakings().size(), ledger.reversals().size());
			return ledger;
		}
	}

}
