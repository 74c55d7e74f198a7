package io.github.kafkaguardrails.samples.benchmark;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResultTable} and {@link Budget}.
 */
class ResultTableTests {

	@Test
	void alignsItsColumns() {
		Budget atLeast = Budget.atLeast(0.97, "0.97");
		Budget atMost = Budget.atMost(20, "20 ms");
		ResultTable table = new ResultTable(List.of(
				new ResultTable.Row("listener, records/s", "1,100,000", "900,000", "90,000", "0.100", atLeast.text(),
						atLeast.judge(0.1)),
				new ResultTable.Row("rules, ms", ResultTable.Row.NONE, ResultTable.Row.NONE, "20.00",
						ResultTable.Row.NONE, atMost.text(), atMost.judge(20))));
		assertThat(table).hasToString("""
				measurement          kafka-clients  spring-kafka  starter  ratio    budget  verdict
				listener, records/s      1,100,000       900,000   90,000  0.100   >= 0.97     over
				rules, ms                        -             -    20.00      -  <= 20 ms       ok""");
	}

	@Test
	void aBudgetAllowsItsLimit() {
		assertThat(Budget.atLeast(0.97, "0.97").judge(0.97)).isEqualTo("ok");
		assertThat(Budget.atLeast(0.97, "0.97").judge(0.9699)).isEqualTo("over");
		assertThat(Budget.atMost(20, "20 ms").judge(20)).isEqualTo("ok");
		assertThat(Budget.atMost(20, "20 ms").judge(20.01)).isEqualTo("over");
	}

}
