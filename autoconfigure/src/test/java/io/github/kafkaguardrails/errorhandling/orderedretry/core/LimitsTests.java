package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LimitsTests {

	@Test
	void theWindowAlwaysFitsIntoACommit() {
		assertThat(Limits.DEFAULT.window()).isLessThanOrEqualTo(ParkedSnapshot.MAX_WINDOW);
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(8_000, 1, 24_001, 1))
			.withMessage("window is 24001, it must be from 2 to 24000");
	}

	@Test
	void renewalsCanAlwaysShortenTheWindow() {
		new Limits(10_000, 1, 20_000, 1);
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(10_001, 1, 20_000, 1))
			.withMessage("records is 10001, it must be from 1 to 10000, half the window");
	}

	@Test
	void somethingCanAlwaysBeParked() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0, 1, 2, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 0, 2, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, 2, 0));
	}

}
