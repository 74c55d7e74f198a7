package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.errorhandling.ListenerApplication.Deliveries;

import static org.assertj.core.api.Assertions.assertThat;

/** What ordered retry does after minutes, hours and days. */
class OrderedRetryTimeIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	/** The first retry of a parked record is a long way off. */
	private static final Map<String, Object> NEXT_YEAR = Map.of("retry.initial-interval", "365d", "retry.max-interval",
			"365d");

	private final TestBroker broker = TestBroker.get();

	private final String topic = this.broker.topic("ordered-time", 1);

	private final String group = "group-" + this.topic;

	private final String parked = this.topic + "-" + this.group + "-parked";

	private final LeapClock clock = LeapClock.ticking();

	private final Deliveries deliveries = new Deliveries();

	@Test
	void writesParkedRecordsAgainBeforeTheyExpireAndDeletesWhatIsNotNeeded() {
		this.broker.create(this.parked, 1, Map.of("retention.ms", Long.toString(Duration.ofDays(14).toMillis())));
		send("a", "flaky:1-a1");
		send("a", "ok-a2");
		try (ClockedListener listener = listener(NEXT_YEAR)) {
			awaitCommit(2);
			this.clock.advance(Duration.ofDays(6));
			listener.awaitPolls();
			assertThat(parkedValues()).containsExactly("flaky:1-a1", "ok-a2");
			this.clock.advance(Duration.ofDays(1).plusMinutes(1));
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(
						() -> assertThat(parkedValues()).containsExactly("flaky:1-a1", "ok-a2", "flaky:1-a1", "ok-a2"));
			// no record arrives, and the committed state needs the first two no more
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(this.group, this.parked, 0) == 2);
			listener.cleanUp();
			assertThat(this.broker.records(this.parked)).extracting(ConsumerRecord::offset).containsExactly(2L, 3L);
			assertThat(this.deliveries.values).containsExactly("flaky:1-a1");
		}
		try (ClockedListener listener = listener(Map.of())) {
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.size() == 2);
			assertThat(this.deliveries.values).containsExactly("flaky:1-a1", "flaky:1-a1", "ok-a2");
			Awaitility.await().atMost(LIMIT).until(() -> listener.figures().records() == 0);
		}
	}

	@Test
	void commitsTheStateAgainEveryTwelveHoursWhileSomethingIsParked() {
		send("a", "flaky:1-a1");
		try (ClockedListener listener = listener(NEXT_YEAR)) {
			awaitCommit(1);
			int commits = stateCommits();
			assertThat(commits).isPositive();
			this.clock.advance(Duration.ofHours(11));
			send("b", "ok-b1");
			awaitCommit(2);
			listener.awaitPolls();
			assertThat(stateCommits()).isEqualTo(commits);
			this.clock.advance(Duration.ofHours(2));
			Awaitility.await().atMost(LIMIT).until(() -> stateCommits() == commits + 1);
			listener.awaitPolls();
			assertThat(stateCommits()).isEqualTo(commits + 1);
			this.clock.advance(Duration.ofHours(13));
			Awaitility.await().atMost(LIMIT).until(() -> stateCommits() == commits + 2);
		}
	}

	@Test
	void parksNothingMoreWhenCommitsHaveBeenHeldBackForTooLong() {
		try (ClockedListener listener = listener(Map.of())) {
			listener.failCommits(true);
			send("a", "flaky:1-a1");
			Awaitility.await().atMost(LIMIT).until(() -> listener.figures().heldMillis() > 0);
			this.clock.advance(Duration.ofSeconds(31));
			send("b", "flaky:2-b1");
			send("c", "ok-c1");
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.contains("ok-c1"));
			assertThat(this.deliveries.values).containsExactly("flaky:1-a1", "flaky:2-b1", "flaky:2-b1", "flaky:2-b1",
					"ok-c1");
			assertThat(this.broker.committed(this.group, this.topic, 0)).isZero();
			listener.failCommits(false);
			awaitCommit(3);
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.contains("flaky:1-a1"));
		}
		assertThat(parkedValues()).containsExactly("flaky:1-a1");
	}

	@Test
	void startsNoRetryWhileTheConsumerDoesNotPoll() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		send("a", "flaky:1-a1");
		try (ClockedListener listener = new ClockedListener(this.topic, this.group, this.clock, (value) -> {
			this.deliveries.deliver(value);
			if (value.equals("ok-slow")) {
				entered.countDown();
				await(goOn);
			}
		}, NEXT_YEAR)) {
			awaitCommit(1);
			send("b", "ok-slow");
			assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
			// four fifths of max.poll.interval.ms, 5 minutes
			this.clock.advance(Duration.ofMinutes(4).plusSeconds(1));
			listener.retryNow();
			Awaitility.await()
				.during(Duration.ofMillis(500))
				.atMost(LIMIT)
				.until(() -> this.deliveries.count("flaky:1-a1") == 1);
			goOn.countDown();
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.contains("flaky:1-a1"));
		}
		assertThat(this.deliveries.values).containsExactly("flaky:1-a1", "ok-slow", "flaky:1-a1");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private ClockedListener listener(Map<String, Object> settings) {
		return new ClockedListener(this.topic, this.group, this.clock, this.deliveries::deliver, settings);
	}

	/** How often an offset of the parked topic was committed. */
	private int stateCommits() {
		TopicPartition offsets = new TopicPartition("__consumer_offsets", 0);
		List<ConsumerRecord<byte[], byte[]>> commits = new ArrayList<>();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", this.broker.bootstrapServers()), new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			consumer.assign(List.of(offsets));
			consumer.seekToBeginning(List.of(offsets));
			long end = consumer.endOffsets(List.of(offsets)).getOrDefault(offsets, 0L);
			while (consumer.position(offsets) < end) {
				consumer.poll(Duration.ofMillis(100)).forEach(commits::add);
			}
		}
		return (int) commits.stream()
			.filter((commit) -> new String(commit.key(), StandardCharsets.ISO_8859_1).contains(this.parked))
			.count();
	}

	private void awaitCommit(long offset) {
		Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(this.group, this.topic, 0) == offset);
	}

	private List<String> parkedValues() {
		return this.broker.records(this.parked)
			.stream()
			.map((record) -> new String(record.value(), StandardCharsets.UTF_8))
			.toList();
	}

	private void send(String key, String value) {
		this.broker.send(new ProducerRecord<>(this.topic, 0, key.getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8)));
	}

}
