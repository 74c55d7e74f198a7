package io.github.kafkaguardrails.samples.orders;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FeedReportTests {

	private final FeedReport report = new FeedReport(5250,
			List.of(new FeedReport.Column("payments", 5248, 9, 5245, 0,
					Map.of("SerializationException", 2, "PaymentDeclinedException", 3), 0),
					new FeedReport.Column("shipping", 5250, 0, 5249, 7, Map.of(), 1)));

	@Test
	void printsATable() {
		assertThat(this.report).hasToString("""
				                                    payments    shipping
				sent                                   5,250       5,250
				received                               5,248       5,250
				processed                              5,245       5,249
				retried                                    9           0
				dead-lettered                              5           0
				  PaymentDeclinedException                 3           0
				  SerializationException                   2           0
				reversed keys                              0           7
				lost                                       0           1
				""");
	}

	@Test
	void addsUpWhatIsLost() {
		assertThat(this.report.lost()).isOne();
	}

}
