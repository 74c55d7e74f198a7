package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingSettings;
import io.github.kafkaguardrails.errorhandling.RetryPolicy;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.AfterEnding;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Limits;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedRecord;
import io.github.kafkaguardrails.errorhandling.topics.Connection;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;
import io.github.kafkaguardrails.errorhandling.topics.Provisioning;
import io.github.kafkaguardrails.errorhandling.topics.TopicTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LotOwner} with a consumer and a clock that do as they are told, and a
 * broker that keeps what is parked.
 */
class LotOwnerIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final TestBroker broker = TestBroker.get();

	private Instant now = Instant.now();

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
			return LotOwnerIntegrationTests.this.now;
		}

	};

	private final TopicPartition source = new TopicPartition(this.broker.topic("lot-owner", 1), 0);

	private final TopicPartition parked = new TopicPartition(this.source.topic() + "-billing-parked", 0);

	private final FailedRecordTopics topics = new FailedRecordTopics(Provisioning.NONE, "test", this.clock);

	private final LotCounters counters = new LotCounters();

	private final FailingConsumer consumer = new FailingConsumer();

	private final LotOwner owner = new LotOwner(this.consumer,
			new LotSetup(
					new ParkedTopics(this.topics,
							Connection
								.of(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, this.broker.bootstrapServers())),
							new TopicTemplate("{topic}-{group}-parked"), "billing", this.clock),
					Limits.DEFAULT, AfterEnding.RELEASE,
					new RetryPolicy(ErrorHandlingSettings.of(List.of()), null, () -> 0), (topic) -> false,
					Duration.ofMinutes(5), new NobodyWatches(), this.counters, this.clock),
			new RawCapture(), new DeserializerSource(Map.of(), null, null, false));

	@AfterEach
	void close() {
		this.topics.close();
	}

	@Test
	void timesTheTakeOverOfAPartitionFromItsAssignment() {
		this.consumer.fails = true;
		assign();
		assertThat(this.owner.lot(this.source.topic(), 0)).isNull();
		assertThat(this.counters.takeOvers()).isZero();
		this.now = this.now.plusSeconds(3);
		this.consumer.fails = false;
		this.owner.beforePoll();
		assertThat(this.owner.lot(this.source.topic(), 0)).isNotNull();
		assertThat(this.counters.takeOvers()).isEqualTo(1);
		assertThat(this.counters.takeOverMillis()).isEqualTo(3000);
	}

	@Test
	void renewsParkedRecordsBeforeTheyExpireAndCountsThem() {
		this.broker.create(this.parked.topic(), 1, Map.of("retention.ms", "3600000"));
		assign();
		this.owner.beforePoll();
		OwnedLot lot = Objects.requireNonNull(this.owner.lot(this.source.topic(), 0));
		assertThat(this.owner.park(lot, ParkedRecord.follower(new ParkedSource(this.source, 0, 0,
				TimestampType.CREATE_TIME, new byte[] { 1 }, new byte[0], new Header[0]))))
			.isTrue();
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> lot.lot().operations().status(this.now.toEpochMilli()).window() == 1);
		this.now = this.now.plusSeconds(1200);
		this.owner.beforePoll();
		assertThat(this.counters.renewals()).isZero();
		this.now = this.now.plusSeconds(1200);
		this.owner.beforePoll();
		assertThat(this.counters.renewals()).isEqualTo(1);
		Awaitility.await().atMost(LIMIT).until(() -> this.broker.records(this.parked.topic()).size() == 2);
	}

	private void assign() {
		this.consumer.assign(List.of(this.source, this.parked));
		this.owner.rebalances(new ConsumerRebalanceListener() {

			@Override
			public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
			}

			@Override
			public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
			}

		}).onPartitionsAssigned(List.of(this.source));
	}

	/** A consumer whose group cannot be asked now and then. */
	private static final class FailingConsumer extends MockConsumer<byte[], byte[]> {

		private boolean fails;

		FailingConsumer() {
			super("none");
		}

		@Override
		public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions,
				Duration timeout) {
			if (this.fails) {
				throw new KafkaException("the coordinator is not available");
			}
			return super.committed(partitions, timeout);
		}

	}

}
