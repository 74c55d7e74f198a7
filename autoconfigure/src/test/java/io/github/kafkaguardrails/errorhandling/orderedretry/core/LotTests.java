package io.github.kafkaguardrails.errorhandling.orderedretry.core;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LotTests {

	private final LotFixture fixture = new LotFixture();

	private final Lot<TestRecord> lot = this.fixture.lot;

	// routing

	@Test
	void deliversWhatHasNoParkedPredecessor() {
		this.fixture.parked("a", 5);
		assertThat(this.fixture.route("b", 6)).isEqualTo(Route.DIRECT);
		assertThat(this.fixture.route("a", 4)).isEqualTo(Route.DIRECT);
	}

	@Test
	void divertsBehindAParkedPredecessorAtOnce() {
		this.fixture.park("a", 5);
		assertThat(this.fixture.route("a", 6)).isEqualTo(Route.DIVERT);
	}

	@Test
	void leavesWhatIsParkedAlready() {
		this.fixture.parked("a", 5);
		this.fixture.parked("a", 6);
		assertThat(this.fixture.route("a", 5)).isEqualTo(Route.ALREADY_PARKED);
		assertThat(this.fixture.route("a", 6)).isEqualTo(Route.ALREADY_PARKED);
	}

	@Test
	void recordsWithoutAKeyDoNotWaitForEachOther() {
		this.fixture.parked(null, 5);
		assertThat(this.fixture.route(null, 6)).isEqualTo(Route.DIRECT);
		assertThat(this.fixture.route(null, 5)).isEqualTo(Route.ALREADY_PARKED);
	}

	@Test
	void anEarlierRecordWaitsForTheLaneThatHasALaterOne() throws InterruptedException {
		this.fixture.parked("a", 5);
		this.fixture.commit(6);
		RetryTask<TestRecord> task = this.fixture.take();
		assertThat(this.fixture.route("a", 4)).isEqualTo(Route.WAIT);
		assertThat(this.lot.awaitRoute(TestRecord.bytes("a"), 4, Duration.ZERO)).isFalse();
		this.lot.lane().succeeded(task);
		assertThat(this.lot.awaitRoute(TestRecord.bytes("a"), 4, Duration.ZERO)).isTrue();
		assertThat(this.fixture.route("a", 4)).isEqualTo(Route.DIRECT);
	}

	@Test
	@Timeout(30)
	void routesWithoutTheLockWhileNothingIsParked() throws Exception {
		CountDownLatch locked = new CountDownLatch(1);
		CountDownLatch routed = new CountDownLatch(1);
		CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> {
			this.fixture.state.lock.lock();
			try {
				locked.countDown();
				assertThat(routed.await(20, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			finally {
				this.fixture.state.lock.unlock();
			}
		});
		locked.await();
		assertThat(this.lot.route(TestRecord.bytes("a"), 5)).isEqualTo(Route.DIRECT);
		routed.countDown();
		holder.get();
	}

	@Test
	void routesWithoutAnyAllocationWhileNothingIsParked() {
		byte[] key = { 'a' };
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		route(key, 1000);
		long before = threads.getCurrentThreadAllocatedBytes();
		route(key, 100_000);
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
	}

	private void route(byte[] key, int records) {
		for (int offset = 0; offset < records; offset++) {
			if (this.lot.route(key, offset) != Route.DIRECT) {
				throw new IllegalStateException();
			}
		}
	}

	// gate

	@Test
	void aCommitPassesWhileNothingIsParked() {
		assertThat(this.lot.gate(7)).isEqualTo(new CommitPermit(7, null, false));
	}

	@Test
	void theStateIsCommittedBeforeTheSource() throws UnreadableSnapshotException {
		this.fixture.parked("a", 5);
		CommitPermit permit = this.lot.gate(6);
		assertThat(permit.offset()).isEqualTo(6);
		PendingSnapshot first = first(permit);
		assertThat(ParkedSnapshot.read(first.snapshot().base(), first.snapshot().metadata()).incomplete())
			.containsExactly(0);
		this.lot.snapshotCommitted(first.version());
		assertThat(this.lot.gate(6).first()).isNull();
	}

	@Test
	void aCompletionNeedsACommitToo() {
		this.fixture.parked("a", 5);
		this.fixture.commit(6);
		this.lot.lane().succeeded(this.fixture.take());
		assertThat(this.lot.isSnapshotCommitted()).isFalse();
		PendingSnapshot first = first(this.lot.gate(7));
		assertThat(first.snapshot().isEmpty()).isTrue();
		assertThat(first.snapshot().base()).isEqualTo(1);
	}

	@Test
	void theCommitOfAnOlderStateIsNotEnough() {
		this.fixture.parked("a", 5);
		PendingSnapshot older = this.lot.snapshot().orElseThrow();
		this.fixture.parked("b", 6);
		this.lot.snapshotCommitted(older.version());
		assertThat(this.lot.gate(7).first()).isNotNull();
	}

	@Test
	void theSourceIsNotCommittedPastWhatIsNotAcknowledged() throws InterruptedException {
		ParkedWrite<TestRecord> write = this.fixture.park("a", 5);
		CommitPermit permit = this.lot.gate(7);
		assertThat(permit.held()).isFalse();
		assertThat(permit.offset()).isEqualTo(5);
		this.fixture.commit(5);
		assertThat(this.lot.gate(7).held()).isTrue();
		assertThat(this.lot.awaitAcknowledged(7, Duration.ofMillis(1))).isFalse();
		assertThat(this.lot.awaitAcknowledged(5, Duration.ZERO)).isTrue();
		this.fixture.acknowledge(write);
		assertThat(this.lot.awaitAcknowledged(7, Duration.ZERO)).isTrue();
		assertThat(this.lot.gate(7).offset()).isEqualTo(7);
	}

	@Test
	void aStateThatDoesNotFitHoldsTheCommitUntilARenewal() {
		LotFixture wide = new LotFixture();
		for (int offset = 0; offset < 6000; offset++) {
			ParkedWrite<TestRecord> write = wide.lot.park(ParkedRecord.follower(TestRecord.of("k" + offset, offset)));
			// somebody else writes there, too
			wide.lot.writes().written(write, 7L * offset, LotFixture.NOW);
		}
		assertThat(wide.lot.gate(6000).held()).isTrue();
		assertThat(wide.lot.snapshot()).isEmpty();
		long end = 42_000;
		for (ParkedWrite<TestRecord> renewal : wide.lot.writes().renewals(Long.MAX_VALUE, 6000)) {
			wide.lot.writes().written(renewal, end++, LotFixture.NOW);
		}
		wide.state.assertInvariants();
		assertThat(wide.lot.gate(6000).held()).isFalse();
	}

	@Test
	void commitsNothingUnlessItIsInUse() {
		Lot<TestRecord> unloaded = new Lot<>(Limits.DEFAULT, AfterEnding.RELEASE);
		assertThat(unloaded.gate(7).held()).isTrue();
		this.lot.close();
		assertThat(this.lot.gate(7).held()).isTrue();
	}

	@Test
	void refusesAVersionThatItNeverHanded() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.lot.snapshotCommitted(1));
	}

	private static PendingSnapshot first(CommitPermit permit) {
		return Objects.requireNonNull(permit.first());
	}

	// limits

	@Test
	void hasALimitOnRecords() {
		LotFixture small = new LotFixture(new Limits(2, 1000, 100, 10), AfterEnding.RELEASE);
		small.parked("a", 1);
		assertThat(small.lot.limitFor(TestRecord.of("b", 2))).isEmpty();
		small.parked("b", 2);
		assertThat(small.lot.limitFor(TestRecord.of("c", 3))).contains(Limit.RECORDS);
		small.commit(3);
		small.lot.lane().succeeded(small.take());
		assertThat(small.lot.limitFor(TestRecord.of("c", 3))).isEmpty();
	}

	@Test
	void hasALimitOnBytes() {
		LotFixture small = new LotFixture(new Limits(50, 150, 100, 10), AfterEnding.RELEASE);
		small.parked("a", 1);
		assertThat(small.lot.limitFor(TestRecord.of("b", 2))).isEmpty();
		small.parked("b", 2);
		assertThat(small.lot.limitFor(TestRecord.of("c", 3))).contains(Limit.BYTES);
	}

	@Test
	void hasALimitOnTheFollowersOfAKey() {
		LotFixture small = new LotFixture(new Limits(50, 100_000, 100, 2), AfterEnding.RELEASE);
		small.parked("a", 1);
		small.parked("a", 2);
		assertThat(small.lot.limitFor(TestRecord.of("a", 3))).isEmpty();
		small.parked("a", 3);
		assertThat(small.lot.limitFor(TestRecord.of("a", 4))).contains(Limit.FOLLOWERS);
		assertThat(small.lot.limitFor(TestRecord.of("b", 4))).isEmpty();
		small.parked(null, 5);
		assertThat(small.lot.limitFor(TestRecord.of(null, 6))).isEmpty();
	}

	@Test
	void hasALimitOnTheWindowThatCountsWritesUnderWay() {
		LotFixture small = new LotFixture(new Limits(5, 100_000, 10, 10), AfterEnding.RELEASE);
		ParkedWrite<TestRecord> write = small.park("a", 1);
		small.lot.writes().written(write, 0, LotFixture.NOW);
		small.lot.writes().written(small.park("b", 2), 8, LotFixture.NOW);
		assertThat(small.lot.limitFor(TestRecord.of("c", 3))).isEmpty();
		small.park("c", 3);
		assertThat(small.lot.limitFor(TestRecord.of("d", 4))).contains(Limit.WINDOW);
	}

	// parking

	@Test
	void takesBackWhatCouldNotBeSent() {
		ParkedWrite<TestRecord> write = this.fixture.park("a", 5);
		assertThat(this.lot.withdraw(write)).isTrue();
		assertThat(this.fixture.route("a", 6)).isEqualTo(Route.DIRECT);
		assertThat(this.fixture.acknowledge(write)).isFalse();
		assertThat(this.lot.gate(6).offset()).isEqualTo(6);
		assertThat(this.lot.withdraw(write)).isFalse();
	}

	@Test
	void keepsWhatIsAcknowledged() {
		ParkedWrite<TestRecord> write = this.fixture.park("a", 5);
		this.fixture.acknowledge(write);
		assertThat(this.lot.withdraw(write)).isFalse();
		assertThat(this.fixture.route("a", 6)).isEqualTo(Route.DIVERT);
	}

	@Test
	void theMainPathParksNothingDead() {
		ParkedRecord<TestRecord> dead = new ParkedRecord<>(TestRecord.of("a", 5), 1, 1, 0, Standing.DEAD);
		assertThatIllegalArgumentException().isThrownBy(() -> this.lot.park(dead));
	}

	// life

	@Test
	void takesOverWhatTheOwnerBeforeHasCommitted() {
		LotFixture before = new LotFixture();
		before.parked("a", 5);
		before.parked("b", 6);
		before.parked("a", 7);
		before.commit(8);
		before.lot.lane().succeeded(before.take());
		ParkedSnapshot snapshot = before.lot.snapshot().orElseThrow().snapshot();
		assertThat(snapshot.incomplete()).containsExactly(1, 2);
		LotState<TestRecord> state = new LotState<>(Limits.DEFAULT, AfterEnding.RELEASE);
		Lot<TestRecord> after = new Lot<>(state);
		after.load(snapshot, 8, List.of(loaded("b", 6, 1), loaded("a", 7, 2)));
		state.assertInvariants();
		assertThat(after.isSnapshotCommitted()).isTrue();
		assertThat(after.committedSource()).isEqualTo(8);
		assertThat(after.route(TestRecord.bytes("a"), 5)).isEqualTo(Route.DIRECT);
		assertThat(after.route(TestRecord.bytes("a"), 7)).isEqualTo(Route.ALREADY_PARKED);
		assertThat(after.route(TestRecord.bytes("a"), 8)).isEqualTo(Route.DIVERT);
		assertThat(after.lane().next(LotFixture.NOW)).isPresent();
	}

	@Test
	void takesOverADeadKey() {
		LotState<TestRecord> state = new LotState<>(Limits.DEFAULT, AfterEnding.PARK);
		Lot<TestRecord> after = new Lot<>(state);
		after.load(new ParkedSnapshot(3, new long[] { 1, 2 }), 8, List.of(loaded("a", 7, 2), new LoadedRecord<>(
				new ParkedRecord<>(TestRecord.of("a", 5), 3, 1, 0, Standing.DEAD), 1, LotFixture.NOW)));
		state.assertInvariants();
		RetryTask<TestRecord> follower = after.lane().next(LotFixture.NOW).orElseThrow();
		assertThat(follower.kind()).isEqualTo(RetryTask.Kind.END);
		assertThat(LotFixture.offsetOf(follower)).isEqualTo(7);
		after.lane().ended(follower, LotFixture.NOW);
		assertThat(after.route(TestRecord.bytes("a"), 8)).isEqualTo(Route.DEAD_LETTER);
	}

	@Test
	void showsWhichRecordIsParkedAtAnOffset() {
		this.fixture.parked("a", 5);
		assertThat(this.lot.parkedAt(TestRecord.bytes("a"), 5)).containsExactly(TestRecord.of("a", 5));
		assertThat(this.lot.parkedAt(TestRecord.bytes("a"), 6)).isEmpty();
		assertThat(this.lot.parkedAt(TestRecord.bytes("b"), 5)).isEmpty();
		// another record at the same offset: the topic was created anew
		TestRecord other = new TestRecord("a", 5, 7);
		this.fixture.acknowledge(this.lot.park(ParkedRecord.follower(other)));
		assertThat(this.lot.parkedAt(TestRecord.bytes("a"), 5)).containsExactly(TestRecord.of("a", 5), other);
	}

	@Test
	void aLoadedRecordThatIsLostIsDoneWithTheNextCommit() {
		Lot<TestRecord> after = new Lot<>(Limits.DEFAULT, AfterEnding.RELEASE);
		after.load(new ParkedSnapshot(3, new long[] { 1, 2 }), 8, List.of(loaded("a", 7, 2)));
		PendingSnapshot first = first(after.gate(8));
		assertThat(first.snapshot().incomplete()).containsExactly(2);
	}

	@Test
	void refusesRecordsThatAreNotInTheSnapshot() {
		Lot<TestRecord> after = new Lot<>(Limits.DEFAULT, AfterEnding.RELEASE);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> after.load(new ParkedSnapshot(3, new long[] { 2 }), 8, List.of(loaded("a", 7, 1))));
		Lot<TestRecord> twice = new Lot<>(Limits.DEFAULT, AfterEnding.RELEASE);
		assertThatIllegalArgumentException().isThrownBy(() -> twice.load(new ParkedSnapshot(3, new long[] { 2 }), 8,
				List.of(loaded("a", 7, 2), loaded("a", 7, 2))));
	}

	private static LoadedRecord<TestRecord> loaded(String key, long offset, long parkedOffset) {
		return new LoadedRecord<>(new ParkedRecord<>(TestRecord.of(key, offset), 1, 1, 0, Standing.WAITING),
				parkedOffset, LotFixture.NOW);
	}

	@Test
	void routesNothingBeforeItIsLoadedOrAfterItIsClosed() {
		Lot<TestRecord> other = new Lot<>(Limits.DEFAULT, AfterEnding.RELEASE);
		assertThatIllegalStateException().isThrownBy(() -> other.route(null, 5))
			.withMessage("The parked records are not loaded yet");
		this.lot.close();
		assertThatIllegalStateException().isThrownBy(() -> this.lot.route(null, 5))
			.withMessage("The partition is not owned any more");
		assertThatIllegalStateException().isThrownBy(() -> this.lot.park(ParkedRecord.follower(TestRecord.of("a", 5))));
		assertThatIllegalStateException().isThrownBy(() -> this.lot.load(ParkedSnapshot.EMPTY, 0, List.of()));
	}

	@Test
	void aDrainedLotHandsOutNothingAndStillCommits() throws InterruptedException {
		this.fixture.parked("a", 5);
		this.fixture.parked("b", 6);
		this.fixture.commit(7);
		RetryTask<TestRecord> task = this.fixture.take();
		this.lot.drain();
		assertThat(this.fixture.next()).isEmpty();
		assertThat(this.lot.lane().nextDue()).isEqualTo(Long.MAX_VALUE);
		assertThat(this.lot.awaitDrained(Duration.ofMillis(1))).isFalse();
		assertThat(this.lot.lane().succeeded(task)).isTrue();
		assertThat(this.lot.awaitDrained(Duration.ZERO)).isTrue();
		this.fixture.commit(8);
		assertThat(this.lot.isSnapshotCommitted()).isTrue();
	}

	@Test
	@Timeout(30)
	void wakesTheOneWhoWaitsForTheLanes() throws Exception {
		this.fixture.parked("a", 5);
		this.fixture.commit(6);
		RetryTask<TestRecord> task = this.fixture.take();
		CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> {
			try {
				return this.lot.awaitDrained(Duration.ofSeconds(20));
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		this.lot.lane().succeeded(task);
		assertThat(drained.get()).isTrue();
	}

}
