package io.github.kafkaguardrails.samples.benchmark;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FinishLine}.
 */
class FinishLineTests {

	@Test
	void isReachedWithTheLastRecord() {
		FinishLine finishLine = new FinishLine(3);
		finishLine.passed(2);
		assertThat(finishLine.reached()).isFalse();
		finishLine.passed(1);
		assertThat(finishLine.reached()).isTrue();
	}

	@Test
	void measuresTheRateAfterTheFirstQuarter() throws InterruptedException {
		FinishLine finishLine = new FinishLine(8);
		finishLine.passed(1);
		long beforeStart = System.nanoTime();
		finishLine.passed(1);
		long afterStart = System.nanoTime();
		finishLine.passed(5);
		long beforeEnd = System.nanoTime();
		finishLine.passed(1);
		long afterEnd = System.nanoTime();
		finishLine.passed(1);
		assertThat(6e9 / finishLine.await()).isBetween(beforeEnd - afterStart - 1.0, afterEnd - beforeStart + 1.0);
	}

}
