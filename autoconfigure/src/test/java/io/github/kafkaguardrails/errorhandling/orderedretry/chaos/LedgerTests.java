package io.github.kafkaguardrails.errorhandling.orderedretry.chaos;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.errorhandling.orderedretry.chaos.Ledger.Source;
import io.github.kafkaguardrails.errorhandling.orderedretry.chaos.LedgerEntry.Event;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Ledger}: what it must catch. */
class LedgerTests {

	private static final List<Source> SENT = List.of(new Source(0, 0, "a"), new Source(0, 1, "b"),
			new Source(0, 2, "a"));

	@Test
	void acceptsRetriesAndConsistentRewinds() {
		Ledger ledger = ledger("1 STARTED 0 0 a", "2 FAILED 0 0 a", "3 STARTED 0 1 b", "4 SUCCEEDED 0 1 b",
				"5 STARTED 0 0 a", "6 SUCCEEDED 0 0 a", "7 STARTED 0 2 a", "8 SUCCEEDED 0 2 a", "9 STARTED 0 0 a",
				"10 SUCCEEDED 0 0 a", "11 STARTED 0 2 a", "12 SUCCEEDED 0 2 a");
		assertThat(ledger.lost()).isEmpty();
		assertThat(ledger.overtakings()).isEmpty();
		assertThat(ledger.reversals()).isEmpty();
		assertThat(ledger.count(Event.SUCCEEDED)).isEqualTo(5);
	}

	@Test
	void findsALostRecord() {
		assertThat(ledger("1 STARTED 0 0 a", "2 FAILED 0 0 a", "3 SUCCEEDED 0 1 b", "4 DEAD_LETTERED 0 2 a").lost())
			.containsExactly(SENT.get(0));
	}

	@Test
	void findsARecordThatOvertakesAFailedOneOfItsKey() {
		Ledger ledger = ledger("1 STARTED 0 0 a", "2 FAILED 0 0 a", "3 STARTED 0 2 a", "4 SUCCEEDED 0 2 a",
				"5 STARTED 0 0 a", "6 SUCCEEDED 0 0 a");
		assertThat(ledger.overtakings()).singleElement().asString().contains("offset=2");
	}

	@Test
	void findsARecordThatOvertakesALostOne() {
		assertThat(ledger("3 STARTED 0 2 a", "4 SUCCEEDED 0 2 a").overtakings()).hasSize(1);
	}

	@Test
	void findsAnOldValueAfterANewOne() {
		Ledger ledger = ledger("1 STARTED 0 0 a", "2 SUCCEEDED 0 0 a", "3 STARTED 0 2 a", "4 SUCCEEDED 0 2 a",
				"5 STARTED 0 0 a", "6 SUCCEEDED 0 0 a");
		assertThat(ledger.overtakings()).isEmpty();
		assertThat(ledger.reversals()).singleElement().asString().contains("offset=2");
	}

	private static Ledger ledger(String... lines) {
		return new Ledger(SENT, Arrays.stream(lines).map(LedgerEntry::parse).toList());
	}

}
