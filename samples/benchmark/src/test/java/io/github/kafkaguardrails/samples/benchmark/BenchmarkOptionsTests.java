package io.github.kafkaguardrails.samples.benchmark;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BenchmarkOptions}.
 */
class BenchmarkOptionsTests {

	@Test
	void hasDefaults() {
		assertThat(BenchmarkOptions.parse())
			.isEqualTo(new BenchmarkOptions(1_000_000, 500, 3, 20, 200_000, 5, 21, 2, 20));
	}

	@Test
	void takesEachOption() {
		assertThat(BenchmarkOptions.parse("--records=1", "--record-size=2", "--partitions=4", "--rounds=5",
				"--ordered-records=1001", "--ordered-rounds=9", "--start-ups=6", "--warm-ups=0", "--listeners=8"))
			.isEqualTo(new BenchmarkOptions(1, 2, 4, 5, 1001, 9, 6, 0, 8));
	}

	@Test
	void namesTheOptionsWhenOneDoesNotExist() {
		assertThatIllegalArgumentException().isThrownBy(() -> BenchmarkOptions.parse("--round=5"))
			.withMessageContaining("rounds")
			.withMessageContaining("--round=5");
	}

	@Test
	void refusesAnArgumentThatIsNoOption() {
		assertThatIllegalArgumentException().isThrownBy(() -> BenchmarkOptions.parse("rounds=5"))
			.withMessageContaining("--records=200000");
	}

	@Test
	void refusesWhatIsNotANumber() {
		assertThatIllegalArgumentException().isThrownBy(() -> BenchmarkOptions.parse("--rounds=many"))
			.withMessage("--rounds must be a whole number of at least 1, but is 'many'");
	}

	@Test
	void refusesANumberThatIsTooSmall() {
		assertThatIllegalArgumentException().isThrownBy(() -> BenchmarkOptions.parse("--listeners=0"))
			.withMessage("--listeners must be a whole number of at least 1, but is '0'");
	}

}
