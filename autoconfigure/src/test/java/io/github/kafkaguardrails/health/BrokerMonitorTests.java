package io.github.kafkaguardrails.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link BrokerMonitor} where no broker is. */
class BrokerMonitorTests {

	private static final Duration LONG = Duration.ofMinutes(10);

	private BrokerMonitor monitor = monitor("localhost:1", LONG);

	@AfterEach
	void stop() {
		this.monitor.stop();
	}

	@Test
	void isUnknownBeforeTheStart() {
		assertThat(health().getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(thread()).isNull();
	}

	@Test
	void isDownWhenThePortIsClosed() {
		this.monitor.start();
		awaitStatus(Status.DOWN, Duration.ofSeconds(10));
		assertThat(health().getDetails()).containsEntry("error", "org.apache.kafka.common.errors.TimeoutException")
			.containsEntry("bootstrapServers", "localhost:1");
	}

	@Test
	void isDownWhenTheAddressIsWrong() {
		this.monitor = monitor("no-such-host.invalid:9092", LONG);
		this.monitor.start();
		awaitStatus(Status.DOWN, Duration.ofSeconds(30));
		assertThat(health().getDetails()).containsEntry("error", "org.apache.kafka.common.KafkaException");
	}

	@Test
	void isDownWhenTheConnectionCannotBeReadAndReadsItAgain() {
		AtomicInteger reads = new AtomicInteger();
		this.monitor = new BrokerMonitor(() -> {
			throw new IllegalStateException("no registry, try " + reads.incrementAndGet());
		}, Duration.ZERO, Duration.ofMillis(10));
		this.monitor.start();
		awaitStatus(Status.DOWN, Duration.ofSeconds(10));
		assertThat(health().getDetails()).containsEntry("error", "java.lang.IllegalStateException");
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> reads.get() > 1);
	}

	@Test
	void givesUpOnAServerThatNeverAnswersWithoutBlockingTheHealthCall() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			this.monitor = monitor("localhost:" + server.getLocalPort(), LONG);
			long start = System.nanoTime();
			this.monitor.start();
			assertThat(health().getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
			awaitStatus(Status.DOWN, Duration.ofSeconds(5));
		}
	}

	@Test
	void showsNoSecret() {
		this.monitor = new BrokerMonitor(
				() -> Map.of("bootstrap.servers", "localhost:1", "security.protocol", "SASL_PLAINTEXT",
						"sasl.mechanism", "PLAIN", "sasl.jaas.config", "no.such.Module required password=\"planted\";"),
				Duration.ZERO, LONG);
		this.monitor.start();
		awaitStatus(Status.DOWN, Duration.ofSeconds(10));
		assertThat(health().toString()).doesNotContain("planted");
	}

	@Test
	void checksAgainAfterTheInterval() {
		this.monitor = monitor("localhost:1", Duration.ofMillis(10));
		this.monitor.start();
		awaitStatus(Status.DOWN, Duration.ofSeconds(10));
		Health first = health();
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(health()).isNotSameAs(first));
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void runsOnADaemonThreadThatEndsWithTheContext() {
		this.monitor.start();
		assertThat(this.monitor.isRunning()).isTrue();
		assertThat(thread()).isNotNull().matches(Thread::isDaemon);
		this.monitor.stop();
		assertThat(this.monitor.isRunning()).isFalse();
		assertThat(health().getStatus()).isEqualTo(Status.UNKNOWN);
		Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> thread() == null && adminThread() == null);
	}

	@Test
	void canBeStartedAgain() {
		this.monitor.start();
		this.monitor.stop();
		this.monitor.start();
		awaitStatus(Status.DOWN, Duration.ofSeconds(10));
	}

	private Health health() {
		return new BrokerHealthIndicator(this.monitor).health();
	}

	private void awaitStatus(Status status, Duration timeout) {
		Awaitility.await().atMost(timeout).untilAsserted(() -> assertThat(health().getStatus()).isEqualTo(status));
	}

	private static BrokerMonitor monitor(String bootstrapServers, Duration interval) {
		return new BrokerMonitor(() -> Map.of("bootstrap.servers", bootstrapServers), Duration.ZERO, interval);
	}

	private static @Nullable Thread thread() {
		return thread("kafka-guardrails-broker-health");
	}

	private static @Nullable Thread adminThread() {
		return thread("kafka-admin-client-thread | kafka-guardrails-health");
	}

	private static @Nullable Thread thread(String name) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(name))
			.findFirst()
			.orElse(null);
	}

}
