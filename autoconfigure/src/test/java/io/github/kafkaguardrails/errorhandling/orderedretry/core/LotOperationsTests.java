package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LotOperationsTests {

	private static final long NOW = LotFixture.NOW;

	private static final byte[] KEY = "a".getBytes(StandardCharsets.UTF_8);

	private final LotFixture fixture = new LotFixture(AfterEnding.PARK);

	private final LotLane<TestRecord> lane = this.fixture.lot.lane();

	private final LotOperations<TestRecord> operations = this.fixture.lot.operations();

	private void parkedAndCommitted(String key, long... offsets) {
		for (long offset : offsets) {
			this.fixture.parked(key, offset);
			this.fixture.commit(offset + 1);
		}
	}

	@Test
	void triesAKeyNow() {
		parkedAndCommitted("a", 5);
		this.lane.failed(this.fixture.take(), NOW, NOW + 1000);
		assertThat(this.operations.retryNow(KEY, 0)).isPresent();
		assertThat(this.fixture.take().record().attempts()).isEqualTo(2);
	}

	@Test
	void triesAStoppedKeyOnce() {
		parkedAndCommitted("a", 5);
		this.lane.stopped(this.fixture.take(), NOW);
		assertThat(this.operations.retryNow(KEY, 0)).isPresent();
		RetryTask<TestRecord> task = this.fixture.take();
		assertThat(task.kind()).isEqualTo(RetryTask.Kind.DELIVER);
		assertThat(task.record().attempts()).isEqualTo(2);
	}

	@Test
	void releasesAStoppedKeyWithAllItsAttempts() {
		parkedAndCommitted("a", 5, 6);
		this.lane.stopped(this.fixture.take(), NOW);
		assertThat(this.operations.release(KEY, 0)).isPresent();
		RetryTask<TestRecord> task = this.fixture.take();
		assertThat(task.record().attempts()).isZero();
		assertThat(LotFixture.offsetOf(task)).isEqualTo(5);
	}

	@Test
	void releasesADeadKey() {
		parkedAndCommitted("a", 5, 6);
		ParkedWrite<TestRecord> marker = this.lane.ended(this.fixture.take(), NOW).orElseThrow();
		assertThat(this.operations.release(KEY, 0)).isEmpty();
		this.fixture.acknowledge(marker);
		assertThat(this.operations.retryNow(KEY, 0)).isEmpty();
		assertThat(this.operations.skip(KEY, 0)).isEmpty();
		assertThat(this.operations.release(KEY, 0))
			.hasValueSatisfying((record) -> assertThat(record.standing()).isEqualTo(Standing.DEAD));
		RetryTask<TestRecord> follower = this.fixture.take();
		assertThat(follower.kind()).isEqualTo(RetryTask.Kind.DELIVER);
		assertThat(LotFixture.offsetOf(follower)).isEqualTo(6);
		this.lane.succeeded(follower);
		assertThat(this.fixture.route("a", 7)).isEqualTo(Route.DIRECT);
	}

	@Test
	void skipsTheFirstRecordOfAKey() {
		parkedAndCommitted("a", 5, 6);
		assertThat(this.operations.skip(KEY, 0))
			.hasValueSatisfying((record) -> assertThat(record.source().offset()).isEqualTo(5));
		assertThat(this.fixture.lot.isSnapshotCommitted()).isFalse();
		assertThat(LotFixture.offsetOf(this.fixture.take())).isEqualTo(6);
	}

	@Test
	void skipsARecordWithoutAKeyByItsOffset() {
		this.fixture.parked(null, 5);
		this.fixture.parked(null, 6);
		this.fixture.commit(7);
		assertThat(this.operations.skip(null, 6)).isPresent();
		assertThat(this.operations.keys()).singleElement()
			.satisfies((key) -> assertThat(key.first().source().offset()).isEqualTo(5));
	}

	@Test
	void touchesNoKeyThatIsBeingTried() {
		parkedAndCommitted("a", 5);
		RetryTask<TestRecord> task = this.fixture.take();
		assertThat(this.operations.skip(KEY, 0)).isEmpty();
		assertThat(this.operations.retryNow(KEY, 0)).isEmpty();
		assertThat(this.operations.keys()).singleElement().matches(KeyStatus::running);
		this.lane.succeeded(task);
		assertThat(this.operations.keys()).isEmpty();
	}

	@Test
	void completesNothingAheadOfTheSource() {
		ParkedWrite<TestRecord> write = this.fixture.park("a", 5);
		assertThat(this.operations.skip(KEY, 0)).isEmpty();
		this.fixture.acknowledge(write);
		assertThat(this.operations.skip(KEY, 0)).isEmpty();
		this.fixture.commit(6);
		assertThat(this.operations.skip(KEY, 0)).isPresent();
	}

	@Test
	void releasesOnlyWhatWaitsForAnOperator() {
		parkedAndCommitted("a", 5);
		assertThat(this.operations.release(KEY, 0)).isEmpty();
		assertThat(this.operations.release(TestRecord.bytes("b"), 0)).isEmpty();
		this.fixture.lot.close();
		assertThat(this.operations.skip(KEY, 0)).isEmpty();
	}

	@Test
	void showsTheFigures() {
		parkedAndCommitted("a", 5, 6);
		parkedAndCommitted("b", 7);
		parkedAndCommitted("c", 8);
		this.lane.stopped(this.fixture.take(), NOW);
		ParkedWrite<TestRecord> marker = this.lane.ended(this.fixture.take(), NOW).orElseThrow();
		this.fixture.acknowledge(marker);
		this.fixture.park("d", 9);
		assertThat(this.operations.status(NOW).due()).isEqualTo(1);
		this.fixture.take();
		LotStatus status = this.operations.status(NOW);
		assertThat(status.records()).isEqualTo(5);
		assertThat(status.keys()).isEqualTo(4);
		assertThat(status.stoppedKeys()).isEqualTo(1);
		assertThat(status.deadKeys()).isEqualTo(1);
		assertThat(status.bytes()).isEqualTo(500);
		assertThat(status.unacknowledged()).isEqualTo(1);
		assertThat(status.running()).isEqualTo(1);
		assertThat(status.due()).isZero();
		assertThat(status.oldestFailure()).isEqualTo(NOW);
		assertThat(new LotFixture().lot.operations().status(NOW))
			.isEqualTo(new LotStatus(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
	}

}
