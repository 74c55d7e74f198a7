package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A loaded lot, and the parked topic that acknowledges what it is told to.
 */
final class LotFixture {

	static final long NOW = 60_000_000;

	final LotState<TestRecord> state;

	final Lot<TestRecord> lot;

	private long parkedEnd;

	LotFixture() {
		this(Limits.DEFAULT, AfterEnding.RELEASE);
	}

	LotFixture(AfterEnding afterEnding) {
		this(Limits.DEFAULT, afterEnding);
	}

	LotFixture(Limits limits, AfterEnding afterEnding) {
		this.state = new LotState<>(limits, afterEnding);
		this.lot = new Lot<>(this.state);
		this.lot.load(ParkedSnapshot.EMPTY, 0, List.of());
	}

	Route route(@Nullable String key, long offset) {
		Route route = this.lot.route(TestRecord.bytes(key), offset);
		this.state.assertInvariants();
		return route;
	}

	/** Park a failed record without an acknowledgement. */
	ParkedWrite<TestRecord> park(@Nullable String key, long offset) {
		return park(key, offset, Standing.WAITING);
	}

	ParkedWrite<TestRecord> park(@Nullable String key, long offset, Standing standing) {
		assertThat(route(key, offset)).isIn(Route.DIRECT, Route.DIVERT);
		ParkedWrite<TestRecord> write = this.lot
			.park(new ParkedRecord<>(TestRecord.of(key, offset), 1, NOW, NOW, standing));
		this.state.assertInvariants();
		return write;
	}

	/** Park a failed record, acknowledged. */
	void parked(@Nullable String key, long offset) {
		acknowledge(park(key, offset));
	}

	boolean acknowledge(ParkedWrite<TestRecord> write) {
		boolean counts = this.lot.writes().written(write, this.parkedEnd++, NOW);
		this.state.assertInvariants();
		return counts;
	}

	/** Commit the source, and the parked topic before. */
	void commit(long offset) {
		CommitPermit permit = this.lot.gate(offset);
		assertThat(permit.held()).isFalse();
		if (permit.first() != null) {
			this.lot.snapshotCommitted(permit.first().version());
		}
		this.lot.sourceCommitted(permit.offset());
		this.state.assertInvariants();
	}

	/** Take the next task, which must be there. */
	RetryTask<TestRecord> take() {
		Optional<RetryTask<TestRecord>> task = next();
		assertThat(task).isPresent();
		return task.get();
	}

	Optional<RetryTask<TestRecord>> next() {
		Optional<RetryTask<TestRecord>> task = this.lot.lane().next(NOW);
		this.state.assertInvariants();
		return task;
	}

	static long offsetOf(RetryTask<TestRecord> task) {
		return task.record().source().offset();
	}

}
