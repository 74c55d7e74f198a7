package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.RetryTask.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LotLaneTests {

	private static final long NOW = LotFixture.NOW;

	private final LotFixture fixture = new LotFixture();

	private final LotLane<TestRecord> lane = this.fixture.lot.lane();

	// R5

	@Test
	void waitsForTheCommitOfTheSource() {
		this.fixture.parked("a", 5);
		assertThat(this.fixture.next()).isEmpty();
		this.fixture.commit(5);
		assertThat(this.fixture.next()).isEmpty();
		this.fixture.commit(6);
		assertThat(LotFixture.offsetOf(this.fixture.take())).isEqualTo(5);
	}

	@Test
	void waitsForTheAcknowledgement() {
		ParkedWrite<TestRecord> write = this.fixture.park("a", 5);
		this.fixture.lot.sourceCommitted(6);
		assertThat(this.fixture.next()).isEmpty();
		this.fixture.acknowledge(write);
		assertThat(this.fixture.next()).isPresent();
	}

	@Test
	void waitsForTheMainPathAfterASeekBackwards() {
		this.fixture.parked("a", 5);
		this.fixture.commit(6);
		assertThat(this.fixture.route("b", 3)).isEqualTo(Route.DIRECT);
		assertThat(this.fixture.next()).isEmpty();
		assertThat(this.fixture.route("b", 4)).isEqualTo(Route.DIRECT);
		assertThat(this.fixture.next()).isEmpty();
		assertThat(this.fixture.route("a", 5)).isEqualTo(Route.ALREADY_PARKED);
		assertThat(this.fixture.next()).isPresent();
	}

	// R1

	@Test
	void triesTheRecordsOfAKeyInTheOrderOfTheSource() {
		this.fixture.parked("a", 7);
		this.fixture.parked("a", 5);
		this.fixture.parked("a", 6);
		this.fixture.commit(8);
		this.fixture.route("b", 8);
		for (long offset = 5; offset <= 7; offset++) {
			RetryTask<TestRecord> task = this.fixture.take();
			assertThat(LotFixture.offsetOf(task)).isEqualTo(offset);
			assertThat(this.fixture.next()).isEmpty();
			this.lane.succeeded(task);
		}
		assertThat(this.fixture.next()).isEmpty();
	}

	@Test
	void triesDifferentKeysSideBySideTheLongestDueFirst() {
		this.fixture.parked("a", 5);
		this.fixture.parked("b", 6);
		this.fixture.commit(7);
		this.lane.failed(this.fixture.take(), NOW, NOW - 10);
		this.lane.failed(this.fixture.take(), NOW, NOW - 20);
		RetryTask<TestRecord> first = this.fixture.take();
		RetryTask<TestRecord> second = this.fixture.take();
		assertThat(first.record().due()).isEqualTo(Math.min(first.record().due(), second.record().due()));
		assertThat(first.key).isNotSameAs(second.key);
		assertThat(this.fixture.next()).isEmpty();
	}

	@Test
	void aFailureIsTriedAgainWhenItIsDue() {
		this.fixture.parked("a", 5);
		this.fixture.commit(6);
		assertThat(this.lane.nextDue()).isEqualTo(NOW);
		this.lane.failed(this.fixture.take(), NOW + 50, NOW + 100);
		assertThat(this.lane.nextDue()).isEqualTo(NOW + 100);
		assertThat(this.lane.next(NOW + 99)).isEmpty();
		RetryTask<TestRecord> task = this.lane.next(NOW + 100).orElseThrow();
		assertThat(task.record().attempts()).isEqualTo(2);
		assertThat(task.record().firstFailure()).isEqualTo(NOW);
		assertThat(task.kind()).isEqualTo(Kind.DELIVER);
	}

	@Test
	void aFollowerIsDueAtOnceAndStartsItsOwnClock() {
		this.fixture.parked("a", 5);
		this.fixture.route("a", 6);
		this.fixture.acknowledge(this.fixture.lot.park(ParkedRecord.follower(TestRecord.of("a", 6))));
		this.fixture.commit(7);
		this.lane.succeeded(this.fixture.take());
		RetryTask<TestRecord> follower = this.fixture.take();
		assertThat(follower.record().attempts()).isZero();
		this.lane.failed(follower, NOW + 7, NOW + 100);
		RetryTask<TestRecord> again = this.lane.next(NOW + 100).orElseThrow();
		assertThat(again.record().attempts()).isEqualTo(1);
		assertThat(again.record().firstFailure()).isEqualTo(NOW + 7);
	}

	@Test
	void whatIsPostponedCountsNoAttempt() {
		this.fixture.parked("a", 5);
		this.fixture.commit(6);
		this.lane.postponed(this.fixture.take(), NOW + 10);
		assertThat(this.fixture.next()).isEmpty();
		assertThat(this.lane.next(NOW + 10).orElseThrow().record().attempts()).isEqualTo(1);
	}

	// endings

	@Test
	void aFailedEndingIsTriedAgainWithoutADelivery() {
		this.fixture.parked("a", 5);
		this.fixture.commit(6);
		this.lane.endingFailed(this.fixture.take(), NOW, NOW);
		RetryTask<TestRecord> task = this.fixture.take();
		assertThat(task.kind()).isEqualTo(Kind.END);
		this.lane.endingFailed(task, NOW, NOW);
		RetryTask<TestRecord> again = this.fixture.take();
		assertThat(again.record().attempts()).isEqualTo(2);
		assertThat(this.lane.ended(again, NOW)).isEmpty();
		assertThat(this.fixture.route("a", 6)).isEqualTo(Route.DIRECT);
	}

	@Test
	void theMainPathMayLeaveAnEndingToTheLane() {
		this.fixture.acknowledge(this.fixture.park("a", 5, Standing.ENDING));
		this.fixture.commit(6);
		assertThat(this.fixture.take().kind()).isEqualTo(Kind.END);
	}

	@Test
	void anEndingReleasesTheKey() {
		this.fixture.parked("a", 5);
		this.fixture.parked("a", 6);
		this.fixture.commit(7);
		assertThat(this.lane.ended(this.fixture.take(), NOW)).isEmpty();
		assertThat(LotFixture.offsetOf(this.fixture.take())).isEqualTo(6);
	}

	@Test
	void anEndingMayKeepTheKeyParked() {
		LotFixture parking = new LotFixture(AfterEnding.PARK);
		parking.parked("a", 5);
		parking.parked("a", 6);
		parking.parked("a", 7);
		parking.commit(8);
		parking.route("b", 8);
		ParkedWrite<TestRecord> marker = parking.lot.lane().ended(parking.take(), NOW).orElseThrow();
		assertThat(marker.record().standing()).isEqualTo(Standing.DEAD);
		assertThat(marker.record().attempts()).isEqualTo(2);
		// R11: nothing follows before the marker is there
		assertThat(parking.next()).isEmpty();
		assertThat(parking.route("a", 9)).isEqualTo(Route.DIVERT);
		parking.acknowledge(marker);
		assertThat(parking.lot.snapshot().orElseThrow().snapshot().incomplete()).containsExactly(1, 2, 3);
		for (long offset = 6; offset <= 7; offset++) {
			RetryTask<TestRecord> follower = parking.take();
			assertThat(follower.kind()).isEqualTo(Kind.END);
			assertThat(LotFixture.offsetOf(follower)).isEqualTo(offset);
			assertThat(parking.lot.lane().ended(follower, NOW)).isEmpty();
		}
		assertThat(parking.next()).isEmpty();
		assertThat(parking.route("a", 9)).isEqualTo(Route.DEAD_LETTER);
		assertThat(parking.route("a", 5)).isEqualTo(Route.ALREADY_PARKED);
		assertThat(parking.route("a", 4)).isEqualTo(Route.DIRECT);
	}

	@Test
	void theMainPathWaitsForTheMarker() {
		LotFixture parking = new LotFixture(AfterEnding.PARK);
		parking.parked("a", 5);
		parking.commit(6);
		ParkedWrite<TestRecord> marker = parking.lot.lane().ended(parking.take(), NOW).orElseThrow();
		assertThat(parking.route("a", 6)).isEqualTo(Route.WAIT);
		parking.acknowledge(marker);
		assertThat(parking.route("a", 6)).isEqualTo(Route.DEAD_LETTER);
	}

	@Test
	void aStoppedKeyWaitsForAnOperator() {
		this.fixture.parked("a", 5);
		this.fixture.parked("a", 6);
		this.fixture.commit(7);
		this.lane.stopped(this.fixture.take(), NOW);
		assertThat(this.lane.next(Long.MAX_VALUE)).isEmpty();
		assertThat(this.lane.nextDue()).isEqualTo(Long.MAX_VALUE);
		assertThat(this.fixture.route("a", 7)).isEqualTo(Route.DIVERT);
		assertThat(this.fixture.route("b", 7)).isEqualTo(Route.DIRECT);
	}

	// life

	@Test
	void eachTaskHasOneOutcome() {
		this.fixture.parked("a", 5);
		this.fixture.commit(6);
		RetryTask<TestRecord> task = this.fixture.take();
		this.lane.succeeded(task);
		assertThatIllegalStateException().isThrownBy(() -> this.lane.succeeded(task))
			.withMessageContaining("reported before");
	}

	@Test
	void anOutcomeAfterTheEndOfOwnershipHasNoEffect() {
		LotFixture parking = new LotFixture(AfterEnding.PARK);
		parking.parked("a", 5);
		parking.parked("b", 6);
		parking.commit(7);
		RetryTask<TestRecord> one = parking.take();
		RetryTask<TestRecord> other = parking.take();
		parking.lot.close();
		assertThat(parking.lot.lane().succeeded(one)).isFalse();
		Optional<ParkedWrite<TestRecord>> marker = parking.lot.lane().ended(other, NOW);
		assertThat(marker).isEmpty();
		assertThat(parking.state.records).isEqualTo(2);
		assertThat(parking.lot.lane().next(NOW)).isEmpty();
	}

}
