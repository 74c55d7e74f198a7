package io.github.kafkaguardrails.samples.benchmark;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Samples}.
 */
class SamplesTests {

	@Test
	void medianOfAnOddNumberIsTheMiddleOne() {
		assertThat(new Samples(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
	}

	@Test
	void medianOfAnEvenNumberIsBetweenTheMiddleTwo() {
		assertThat(new Samples(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
	}

	@Test
	void comparesRoundByRound() {
		Samples mine = new Samples(List.of(1.0, 100.0, 30.0));
		Samples others = new Samples(List.of(2.0, 200.0, 20.0));
		assertThat(mine.dividedBy(others)).isEqualTo(new Samples(List.of(0.5, 0.5, 1.5)));
		assertThat(mine.minus(others)).isEqualTo(new Samples(List.of(-1.0, -100.0, 10.0)));
	}

	@Test
	void refusesToCompareDifferentNumbersOfRounds() {
		Samples two = new Samples(List.of(1.0, 2.0));
		assertThatIllegalArgumentException().isThrownBy(() -> new Samples(List.of(1.0)).dividedBy(two));
	}

	@Test
	void refusesToBeEmpty() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Samples(List.of()));
	}

}
