package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.errorhandling.ListenerApplication.Deliveries;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * At a limit on what is parked the partition waits, while its consumer goes on polling,
 * until there is room; nothing is lost and the order of each key is kept.
 */
class OrderedRetryLimitsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	/** Records behind the first of a key. */
	private static final int FOLLOWERS = 1000;

	/** Offsets of the parked topic from the first that is needed to the end. */
	private static final int WINDOW = 20_000;

	private final TestBroker broker = TestBroker.get();

	private final String topic = this.broker.topic("ordered-limits", 1);

	private final String group = "group-" + this.topic;

	private final String parked = this.topic + "-" + this.group + "-parked";

	private final Deliveries deliveries = new Deliveries();

	@Test
	void waitsForRoomWhenTheBytesOfParkedRecordsAreUsedUp() {
		String large = "flaky:1-a1-" + "x".repeat(2000);
		send("a", large);
		send("a", "ok-a2");
		send("b", "ok-b1");
		try (ClockedListener listener = new ClockedListener(this.topic, this.group, LeapClock.ticking(),
				this.deliveries::deliver, Map.of("retry.initial-interval", "1h", "retry.max-interval", "1h",
						"ordered.max-parked-bytes", "1KB"))) {
			awaitCommit(1);
			listener.awaitPolls();
			assertThat(this.deliveries.values).containsExactly(large);
			listener.retryNow();
			awaitCommit(3);
			assertThat(this.deliveries.values).containsExactly(large, large, "ok-a2", "ok-b1");
		}
		assertThat(parkedValues()).containsExactly(large);
	}

	@Test
	void waitsForRoomWhenAKeyHasTooManyFollowers() {
		List<String> sent = new ArrayList<>(List.of("flaky:1-a"));
		for (int i = 0; i < FOLLOWERS + 3; i++) {
			sent.add("ok-a" + i);
		}
		try (KafkaProducer<byte[], byte[]> producer = producer()) {
			sent.forEach((value) -> send(producer, this.topic, "a", value));
			send(producer, this.topic, "b", "ok-b1");
		}
		try (ClockedListener listener = new ClockedListener(this.topic, this.group, LeapClock.ticking(),
				this.deliveries::deliver, Map.of("retry.initial-interval", "1h", "retry.max-interval", "1h"))) {
			awaitCommit(FOLLOWERS + 1);
			listener.awaitPolls();
			assertThat(listener.figures().records()).isEqualTo(FOLLOWERS + 1);
			assertThat(this.deliveries.values).containsExactly("flaky:1-a");
			listener.retryNow();
			awaitCommit(sent.size() + 1);
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.size() == sent.size() + 1);
			assertThat(this.deliveries.succeeded.stream().filter((value) -> !value.equals("ok-b1")))
				.containsExactlyElementsOf(sent);
		}
	}

	@Test
	void waitsUntilOldRecordsAreWrittenAgainWhenTheWindowIsUsedUp() {
		LeapClock clock = LeapClock.standing();
		Map<String, Object> settings = Map.of("then", "stop", "retry.max-attempts", 1);
		send("a", "flaky:1-a1");
		try (ClockedListener listener = new ClockedListener(this.topic, this.group, clock, this.deliveries::deliver,
				settings)) {
			awaitCommit(1);
			fillTheWindow();
			send("b", "flaky:1-b1");
			awaitCommit(2);
			assertThat(listener.figures().window()).isGreaterThanOrEqualTo(WINDOW);
			send("c", "fail-c1");
			send("d", "ok-d1");
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.values.contains("fail-c1"));
			listener.awaitPolls();
			assertThat(parkedValues()).containsExactly("flaky:1-a1", "flaky:1-b1");
			assertThat(this.deliveries.values).containsExactly("flaky:1-a1", "flaky:1-b1", "fail-c1");
			clock.advance(Duration.ofSeconds(11));
			Awaitility.await().atMost(LIMIT).until(() -> {
				clock.advance(Duration.ofMillis(50));
				return this.deliveries.succeeded.contains("ok-d1");
			});
			awaitCommit(4);
			assertThat(parkedValues()).containsExactly("flaky:1-a1", "flaky:1-b1", "flaky:1-a1", "fail-c1");
			assertThat(listener.figures().window()).isLessThan(10);
		}
		// what nobody has committed does not come back
		try (ClockedListener listener = new ClockedListener(this.topic, this.group, clock, this.deliveries::deliver,
				settings)) {
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.size() == 3);
			Awaitility.await().atMost(LIMIT).until(() -> listener.figures().records() == 1);
			assertThat(this.deliveries.succeeded).containsExactlyInAnyOrder("ok-d1", "flaky:1-a1", "flaky:1-b1");
			assertThat(this.deliveries.values).doesNotContain("strange");
		}
	}

	/** As if another instance had parked and nobody had committed it. */
	private void fillTheWindow() {
		try (KafkaProducer<byte[], byte[]> producer = producer()) {
			for (int i = 0; i < WINDOW; i++) {
				send(producer, this.parked, "x", "strange");
			}
		}
	}

	private KafkaProducer<byte[], byte[]> producer() {
		return new KafkaProducer<>(Map.of("bootstrap.servers", this.broker.bootstrapServers()),
				new ByteArraySerializer(), new ByteArraySerializer());
	}

	private static void send(KafkaProducer<byte[], byte[]> producer, String to, String key, String value) {
		Future<RecordMetadata> unused = producer.send(record(to, key, value));
	}

	private void awaitCommit(long offset) {
		Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(this.group, this.topic, 0) == offset);
	}

	private List<String> parkedValues() {
		return this.broker.records(this.parked)
			.stream()
			.map((record) -> new String(record.value(), StandardCharsets.UTF_8))
			.filter((value) -> !value.equals("strange"))
			.toList();
	}

	private void send(String key, String value) {
		this.broker.send(record(this.topic, key, value));
	}

	private static ProducerRecord<byte[], byte[]> record(String to, String key, String value) {
		return new ProducerRecord<>(to, 0, key.getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8));
	}

}
