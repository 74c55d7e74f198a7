package io.github.kafkaguardrails.samples.benchmark;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Rounds}.
 */
class RoundsTests {

	private final List<String> measured = new ArrayList<>();

	private final Rounds<String> rounds = new Rounds<>("test", List.of("a", "b", "c"),
			new PrintStream(OutputStream.nullOutputStream(), true));

	@Test
	void eachRoundBeginsWithTheNextContender() throws Exception {
		this.rounds.run(1, 2, this::measure);
		assertThat(this.measured).containsExactly("a", "b", "c", "b", "c", "a", "c", "a", "b");
	}

	@Test
	void warmUpsDoNotCount() throws Exception {
		Function<String, Samples> results = this.rounds.run(1, 2, this::measure);
		assertThat(results.apply("a")).isEqualTo(new Samples(List.of(6.0, 8.0)));
	}

	@Test
	void refusesAContenderThatDidNotRun() throws Exception {
		Function<String, Samples> results = this.rounds.run(0, 1, this::measure);
		assertThatIllegalArgumentException().isThrownBy(() -> results.apply("d"));
	}

	private double measure(String contender) {
		this.measured.add(contender);
		return this.measured.size();
	}

}
