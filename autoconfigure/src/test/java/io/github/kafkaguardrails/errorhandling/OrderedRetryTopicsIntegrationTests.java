package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.errorhandling.ListenerApplication.Deliveries;

import static org.assertj.core.api.Assertions.assertThat;

/** Topics that change while records of theirs are parked. */
class OrderedRetryTopicsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final Map<String, Object> IN_AN_HOUR = Map.of("retry.initial-interval", "1h", "retry.max-interval",
			"1h");

	private final TestBroker broker = TestBroker.get();

	private final String topic = this.broker.topic("ordered-topics", 1);

	private final String group = "group-" + this.topic;

	private final String parked = this.topic + "-" + this.group + "-parked";

	private final LeapClock clock = LeapClock.ticking();

	private final Deliveries deliveries = new Deliveries();

	@Test
	void parksRecordsOfPartitionsThatAreAddedLater() throws Exception {
		send(0, "a", "flaky:1-a1");
		send(0, "a", "ok-a2");
		try (ClockedListener listener = listener(IN_AN_HOUR)) {
			awaitCommit(0, 2);
			addAPartition();
			send(1, "b", "flaky:1-b1");
			send(1, "b", "ok-b2");
			send(1, "c", "ok-c1");
			awaitCommit(1, 3);
			assertThat(this.deliveries.values).containsExactly("flaky:1-a1", "flaky:1-b1", "ok-c1");
			assertThat(listener.figures().records()).isEqualTo(4);
		}
		assertThat(parkedIn(0)).containsExactly("flaky:1-a1", "ok-a2");
		assertThat(parkedIn(1)).containsExactly("flaky:1-b1", "ok-b2");
		try (ClockedListener listener = listener(Map.of())) {
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.size() == 5);
			Awaitility.await().atMost(LIMIT).until(() -> listener.figures().records() == 0);
		}
		assertThat(this.deliveries.values).hasSize(7)
			.containsSubsequence("flaky:1-a1", "flaky:1-a1", "ok-a2")
			.containsSubsequence("flaky:1-b1", "flaky:1-b1", "ok-b2");
	}

	@Test
	void keepsWhatIsParkedWhenTheSourceIsMadeAnewAndItsOffsetsAreUsedAgain() throws Exception {
		send(0, "a", "flaky:1-a1");
		try (ClockedListener listener = listener(IN_AN_HOUR)) {
			awaitCommit(0, 1);
			assertThat(listener.figures().records()).isEqualTo(1);
		}
		this.broker.admin().deleteTopics(List.of(this.topic)).all().get(30, TimeUnit.SECONDS);
		Awaitility.await().atMost(LIMIT).until(() -> !this.broker.topics().contains(this.topic));
		Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(this.group, this.topic, 0) == 0);
		this.broker.create(this.topic, 1, Map.of());
		send(0, "a", "ok-new-a1");
		send(0, "b", "ok-new-b1");
		try (ClockedListener listener = listener(Map.of())) {
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.size() == 3);
			awaitCommit(0, 2);
			Awaitility.await().atMost(LIMIT).until(() -> listener.figures().records() == 0);
		}
		assertThat(this.deliveries.succeeded).containsSubsequence("flaky:1-a1", "ok-new-a1").contains("ok-new-b1");
		assertThat(this.deliveries.values).hasSize(4);
	}

	@Test
	void blocksBehindARecordThatTheBrokerRefusesAsTooLargeUntilItTakesIt() throws Exception {
		addAPartition();
		String large = "flaky:2-" + "x".repeat(3000);
		try (ClockedListener listener = listener(Map.of())) {
			parkOneAndLowerTheLimit();
			send(0, "b", large);
			Awaitility.await().atMost(LIMIT).until(() -> listener.figures().blocked() == 1);
			send(0, "c", "ok-c1");
			send(1, "d", "flaky:1-d1");
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.contains("flaky:1-d1"));
			assertThat(listener.isRunning()).isTrue();
			assertThat(this.deliveries.values).doesNotContain("ok-c1");
			assertThat(this.broker.committed(this.group, this.topic, 0)).isEqualTo(1);
			limitTheParkedTopic(1_000_000);
			awaitCommit(0, 3);
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.contains(large));
			assertThat(listener.figures().broken()).isEmpty();
			assertThat(listener.figures().blocked()).isZero();
		}
		assertThat(this.deliveries.values.stream().filter(large::equals)).hasSize(3);
		assertThat(this.deliveries.succeeded).containsOnlyOnce("ok-c1", large);
		assertThat(parkedIn(0)).containsExactly("flaky:1-a1", large);
	}

	@Test
	void triesARecordThatTheBrokerHasRefusedInItsPlaceAfterARestart() throws Exception {
		String large = "flaky:2-" + "x".repeat(3000);
		try (ClockedListener listener = listener(Map.of())) {
			parkOneAndLowerTheLimit();
			send(0, "b", large);
			Awaitility.await().atMost(LIMIT).until(() -> listener.figures().blocked() == 1);
		}
		assertThat(this.broker.committed(this.group, this.topic, 0)).isEqualTo(1);
		send(0, "c", "ok-c1");
		// now its size is known before
		try (ClockedListener listener = listener(Map.of())) {
			awaitCommit(0, 3);
			assertThat(listener.figures().broken()).isEmpty();
		}
		assertThat(this.deliveries.values).containsExactly("flaky:1-a1", "flaky:1-a1", large, large, large, "ok-c1");
		assertThat(parkedIn(0)).containsExactly("flaky:1-a1");
	}

	private void addAPartition() throws Exception {
		this.broker.admin()
			.createPartitions(Map.of(this.topic, NewPartitions.increaseTo(2)))
			.all()
			.get(30, TimeUnit.SECONDS);
	}

	private void parkOneAndLowerTheLimit() throws Exception {
		send(0, "a", "flaky:1-a1");
		awaitCommit(0, 1);
		Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.size() == 1);
		limitTheParkedTopic(2000);
	}

	private void limitTheParkedTopic(int bytes) throws Exception {
		ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, this.parked);
		AlterConfigOp limit = new AlterConfigOp(new ConfigEntry("max.message.bytes", String.valueOf(bytes)),
				AlterConfigOp.OpType.SET);
		this.broker.admin().incrementalAlterConfigs(Map.of(resource, List.of(limit))).all().get(30, TimeUnit.SECONDS);
	}

	private ClockedListener listener(Map<String, Object> settings) {
		return new ClockedListener(this.topic, this.group, this.clock, this.deliveries::deliver, settings);
	}

	private void awaitCommit(int partition, long offset) {
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> this.broker.committed(this.group, this.topic, partition) == offset);
	}

	private List<String> parkedIn(int partition) {
		return this.broker.records(this.parked)
			.stream()
			.filter((record) -> record.partition() == partition)
			.map(ConsumerRecord::value)
			.map((value) -> new String(value, StandardCharsets.UTF_8))
			.toList();
	}

	private void send(int partition, String key, String value) {
		this.broker.send(new ProducerRecord<>(this.topic, partition, key.getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8)));
	}

}
