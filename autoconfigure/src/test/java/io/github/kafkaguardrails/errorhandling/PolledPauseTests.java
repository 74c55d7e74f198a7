package io.github.kafkaguardrails.errorhandling;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link PolledPause}. */
class PolledPauseTests {

	private static final TopicPartition FIRST = new TopicPartition("orders", 0);

	private static final TopicPartition SECOND = new TopicPartition("orders", 1);

	private final PolledPause pause = new PolledPause(Clock.systemUTC());

	private final MockConsumer<String, String> consumer = new MockConsumer<>("earliest");

	@Test
	void leavesPartitionsPausedThatTheUserHasPausedMeanwhile() {
		assign(FIRST, SECOND);
		this.consumer.schedulePollTask(() -> {
			// what a container does with a rebalance after the user's pause
			this.consumer.resume(List.of(FIRST, SECOND));
			this.consumer.pause(List.of(SECOND));
			this.pause.onPartitionsAssigned(this.consumer, List.of(FIRST, SECOND));
			assertThat(this.consumer.paused()).containsExactlyInAnyOrder(FIRST, SECOND);
		});
		this.pause.await(Duration.ofMillis(5), this.consumer, () -> true);
		assertThat(this.consumer.paused()).isEqualTo(Set.of(SECOND));
	}

	@Test
	void lastsThoughSomebodyWakesTheConsumer() {
		assign(FIRST);
		this.consumer.wakeup();
		AtomicInteger checks = new AtomicInteger();
		this.pause.await(Duration.ofHours(1), this.consumer, () -> checks.incrementAndGet() < 4);
		assertThat(checks).hasValue(4);
		assertThat(this.consumer.paused()).isEmpty();
	}

	private void assign(TopicPartition... partitions) {
		this.consumer.assign(List.of(partitions));
		for (TopicPartition partition : partitions) {
			this.consumer.updateBeginningOffsets(Map.of(partition, 0L));
		}
	}

}
