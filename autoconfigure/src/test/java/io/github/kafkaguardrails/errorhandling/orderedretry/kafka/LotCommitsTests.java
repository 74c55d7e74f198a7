package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingSettings;
import io.github.kafkaguardrails.errorhandling.RetryPolicy;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.AfterEnding;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Limits;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Lot;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedSnapshot;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedWrite;
import io.github.kafkaguardrails.errorhandling.topics.Connection;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;
import io.github.kafkaguardrails.errorhandling.topics.Provisioning;
import io.github.kafkaguardrails.errorhandling.topics.TopicTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link LotCommits}; that a broker refuses a commit cannot be arranged. */
class LotCommitsTests {

	private static final TopicPartition SOURCE = new TopicPartition("orders", 0);

	private static final TopicPartition PARKED = new TopicPartition("orders-billing-parked", 0);

	private Instant now = Instant.EPOCH.plusSeconds(1000);

	private final Clock clock = new Clock() {

		@Override
		public ZoneOffset getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return LotCommitsTests.this.now;
		}

	};

	private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");

	private final Map<TopicPartition, OwnedLot> lots = new HashMap<>();

	private final LotCounters counters = new LotCounters();

	private final LotSetup setup = new LotSetup(
			new ParkedTopics(new FailedRecordTopics(Provisioning.NONE, "test", this.clock), Connection.of(Map.of()),
					new TopicTemplate("{topic}-{group}-parked"), "billing", this.clock),
			Limits.DEFAULT, AfterEnding.RELEASE, new RetryPolicy(ErrorHandlingSettings.of(List.of()), null, () -> 0),
			(topic) -> false, Duration.ofMinutes(5), new NobodyWatches(), this.counters, this.clock);

	private final LotCommits commits = new LotCommits(this.consumer, this.lots, this.setup);

	@Test
	void repeatsACommitThatFailedBecauseParkedRecordsWaitForIt() {
		OwnedLot lot = lotWithAParkedRecord();
		commit(lot, 1);
		// the parked topic has all: the next commit is passed on, and fails
		assertThat(this.commits.request(lot, new OffsetAndMetadata(2))).isPresent();
		this.commits.notCommitted(lot, new OffsetAndMetadata(2));
		this.now = this.now.plusSeconds(1);
		this.commits.run();
		assertThat(this.consumer.committed(Set.of(SOURCE))).containsEntry(SOURCE, new OffsetAndMetadata(2));
		assertThat(lot.lot().committedSource()).isEqualTo(2);
	}

	@Test
	void doesNotRepeatACommitThatALaterOneCovers() {
		OwnedLot lot = lotWithAParkedRecord();
		commit(lot, 1);
		assertThat(this.commits.request(lot, new OffsetAndMetadata(2))).isPresent();
		assertThat(this.commits.request(lot, new OffsetAndMetadata(3))).isPresent();
		this.commits.notCommitted(lot, new OffsetAndMetadata(2));
		this.commits.committed(lot, new OffsetAndMetadata(3));
		this.now = this.now.plusSeconds(1);
		this.commits.run();
		assertThat(this.consumer.committed(Set.of(SOURCE))).containsEntry(SOURCE, new OffsetAndMetadata(1));
		assertThat(lot.lot().committedSource()).isEqualTo(3);
	}

	@Test
	void countsTheCommitsThatAreHeldBack() {
		OwnedLot lot = lotWithAParkedRecord();
		commit(lot, 1);
		assertThat(this.counters.gateHolds()).isEqualTo(1);
		assertThat(this.commits.request(lot, new OffsetAndMetadata(2))).isPresent();
		assertThat(this.counters.gateHolds()).isEqualTo(1);
	}

	private OwnedLot lotWithAParkedRecord() {
		this.consumer.assign(List.of(SOURCE, PARKED));
		Lot<ParkedSource> lot = new Lot<>(Limits.DEFAULT, AfterEnding.RELEASE);
		lot.load(ParkedSnapshot.EMPTY, 0, List.of());
		OwnedLot owned = new OwnedLot(new LotOwner(this.consumer, this.setup, new RawCapture(),
				new DeserializerSource(Map.of(), null, null, false)), SOURCE, PARKED, lot);
		this.lots.put(SOURCE, owned);
		lot.route(new byte[] { 1 }, 0);
		ParkedWrite<ParkedSource> write = lot.park(ParkedRecord.follower(new ParkedSource(SOURCE, 0, 0,
				TimestampType.CREATE_TIME, new byte[] { 1 }, new byte[0], new Header[0])));
		lot.writes().written(write, 0, 0);
		return owned;
	}

	/** Through the gate: first what is parked, then the offset. */
	private void commit(OwnedLot lot, long offset) {
		assertThat(this.commits.request(lot, new OffsetAndMetadata(offset))).isEmpty();
		this.commits.run();
		this.commits.run();
		assertThat(lot.lot().committedSource()).isEqualTo(offset);
	}

}
