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
	void takesTheTimeFromTheFirstRecordToTheLast() throws InterruptedException {
		FinishLine finishLine = new FinishLine(3);
		finishLine.passed(1);
		long afterFirst = System.nanoTime();
		finishLine.passed(1);
		long beforeLast = System.nanoTime();
		finishLine.passed(1);
		long afterLast = System.nanoTime();
		finishLine.passed(1);
		assertThat(finishLine.await().toNanos()).isBetween(beforeLast - afterFirst, afterLast - afterFirst);
	}

}
