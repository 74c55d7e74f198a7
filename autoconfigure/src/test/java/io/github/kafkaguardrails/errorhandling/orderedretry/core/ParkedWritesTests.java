package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ParkedWritesTests {

	private static final long NOW = LotFixture.NOW;

	private final LotFixture fixture = new LotFixture(AfterEnding.PARK);

	private final Lot<TestRecord> lot = this.fixture.lot;

	private final ParkedWrites<TestRecord> writes = this.lot.writes();

	private ParkedSnapshot snapshot() {
		this.fixture.state.assertInvariants();
		return this.lot.snapshot().orElseThrow().snapshot();
	}

	@Test
	void onlyWhatIsAcknowledgedIsInTheSnapshot() {
		ParkedWrite<TestRecord> write = this.fixture.park("a", 5);
		assertThat(snapshot().isEmpty()).isTrue();
		assertThat(this.writes.written(write, 17, NOW)).isTrue();
		assertThat(snapshot().incomplete()).containsExactly(17);
		assertThat(snapshot().high()).isEqualTo(18);
	}

	@Test
	void aFailedWriteIsSentAgainOnce() {
		ParkedWrite<TestRecord> write = this.fixture.park("a", 5);
		this.writes.failed(write);
		List<ParkedWrite<TestRecord>> unsent = this.writes.unsent();
		assertThat(unsent).hasSize(1);
		assertThat(unsent.get(0).record()).isEqualTo(write.record());
		assertThat(this.writes.unsent()).isEmpty();
		assertThat(this.fixture.state.unsent).isEmpty();
		assertThat(this.writes.written(unsent.get(0), 3, NOW)).isTrue();
	}

	@Test
	void aWriteThatFailedAfterAllIsGarbage() {
		ParkedWrite<TestRecord> write = this.fixture.park("a", 5);
		this.writes.failed(write);
		ParkedWrite<TestRecord> again = this.writes.unsent().get(0);
		assertThat(this.writes.written(write, 3, NOW)).isFalse();
		assertThat(snapshot().isEmpty()).isTrue();
		assertThat(this.writes.written(again, 4, NOW)).isTrue();
		assertThat(snapshot().incomplete()).containsExactly(4);
	}

	@Test
	void aLateAcknowledgementBringsNothingBack() {
		this.fixture.parked("a", 5);
		this.fixture.commit(6);
		ParkedWrite<TestRecord> renewal = this.writes.renewals(Long.MAX_VALUE, 1).get(0);
		this.lot.lane().succeeded(this.fixture.take());
		assertThat(this.writes.written(renewal, 9, NOW)).isFalse();
		assertThat(snapshot().isEmpty()).isTrue();
		assertThat(snapshot().high()).isEqualTo(10);
		assertThat(this.lot.isSnapshotCommitted()).isFalse();
	}

	@Test
	void aRenewalTakesThePlaceOfTheOldWrite() {
		this.fixture.parked("a", 5);
		ParkedWrite<TestRecord> renewal = this.writes.renewals(Long.MAX_VALUE, 1).get(0);
		assertThat(snapshot().incomplete()).containsExactly(0);
		assertThat(this.writes.renewals(Long.MAX_VALUE, 1)).isEmpty();
		assertThat(this.writes.written(renewal, 9, NOW)).isTrue();
		assertThat(snapshot().incomplete()).containsExactly(9);
		assertThat(this.writes.renewals(Long.MAX_VALUE, 1)).hasSize(1);
	}

	@Test
	void aFailedRenewalChangesNothing() {
		this.fixture.parked("a", 5);
		this.writes.failed(this.writes.renewals(Long.MAX_VALUE, 1).get(0));
		assertThat(this.writes.unsent()).isEmpty();
		assertThat(snapshot().incomplete()).containsExactly(0);
		assertThat(this.writes.renewals(Long.MAX_VALUE, 1)).hasSize(1);
	}

	@Test
	void aRenewalDoesNotReplaceTheMarkerOfADeadKey() {
		this.fixture.parked("a", 5);
		this.fixture.commit(6);
		ParkedWrite<TestRecord> renewal = this.writes.renewals(Long.MAX_VALUE, 1).get(0);
		ParkedWrite<TestRecord> marker = this.lot.lane().ended(this.fixture.take(), NOW).orElseThrow();
		assertThat(this.writes.written(renewal, 7, NOW)).isFalse();
		assertThat(this.fixture.route("a", 6)).isEqualTo(Route.WAIT);
		assertThat(this.writes.written(marker, 8, NOW)).isTrue();
		assertThat(snapshot().incomplete()).containsExactly(8);
		assertThat(this.fixture.route("a", 6)).isEqualTo(Route.DEAD_LETTER);
	}

	@Test
	void aFailedMarkerIsSentAgain() {
		this.fixture.parked("a", 5);
		this.fixture.commit(6);
		ParkedWrite<TestRecord> marker = this.lot.lane().ended(this.fixture.take(), NOW).orElseThrow();
		this.writes.failed(marker);
		assertThat(this.writes.renewals(Long.MAX_VALUE, 1)).isEmpty();
		ParkedWrite<TestRecord> again = this.writes.unsent().get(0);
		assertThat(again.record().standing()).isEqualTo(Standing.DEAD);
		assertThat(this.writes.written(again, 8, NOW)).isTrue();
		assertThat(this.fixture.route("a", 6)).isEqualTo(Route.DEAD_LETTER);
	}

	@Test
	void renewsWhatIsOldTheOldestFirst() {
		for (int offset = 0; offset < 40; offset++) {
			this.writes.written(this.fixture.park("k" + offset, offset), 39 - offset, NOW + 600_000L * (39 - offset));
		}
		assertThat(this.writes.renewals(NOW, 10)).isEmpty();
		assertThat(this.writes.renewals(NOW + 1_900_000, 3)).extracting((write) -> write.record().source().offset())
			.containsExactly(39L, 38L, 37L);
		assertThat(this.writes.renewals(NOW + 1_900_000, 10)).extracting((write) -> write.record().source().offset())
			.containsExactly(36L);
	}

	@Test
	void renewsTheOldestQuarterOfAWideWindow() {
		LotFixture small = new LotFixture(new Limits(10, 10_000, 20, 10), AfterEnding.RELEASE);
		long[] parkedOffsets = { 0, 3, 8, 15 };
		for (int offset = 0; offset < parkedOffsets.length; offset++) {
			assertThat(small.lot.writes().renewals(0, 10)).isEmpty();
			small.lot.writes().written(small.park("k" + offset, offset), parkedOffsets[offset], NOW);
		}
		List<ParkedWrite<TestRecord>> renewals = small.lot.writes().renewals(0, 10);
		assertThat(renewals).extracting((write) -> write.record().source().offset()).containsExactly(0L, 1L);
		small.lot.writes().written(renewals.get(0), 16, NOW);
		small.lot.writes().written(renewals.get(1), 17, NOW);
		assertThat(small.lot.operations().status(NOW).window()).isEqualTo(10);
	}

	@Test
	void aClosedLotWritesNothing() {
		ParkedWrite<TestRecord> failed = this.fixture.park("a", 5);
		ParkedWrite<TestRecord> late = this.fixture.park("b", 6);
		this.fixture.parked("c", 7);
		this.writes.failed(failed);
		this.lot.close();
		assertThat(this.writes.written(late, 9, NOW)).isFalse();
		assertThat(this.writes.unsent()).isEmpty();
		assertThat(this.writes.renewals(Long.MAX_VALUE, 1)).isEmpty();
	}

}
