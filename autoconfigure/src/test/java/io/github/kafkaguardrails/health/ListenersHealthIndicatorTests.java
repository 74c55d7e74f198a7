package io.github.kafkaguardrails.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.github.kafkaguardrails.activity.AbnormalStops;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ListenersHealthIndicator}; no broker listens on the port. */
class ListenersHealthIndicatorTests {

	private final AbnormalStops stops = new AbnormalStops();

	private final List<MessageListenerContainer> containers = new ArrayList<>();

	private final ListenersHealthIndicator indicator = new ListenersHealthIndicator(() -> this.containers, this.stops);

	@AfterEach
	void stopAll() {
		this.containers.forEach(MessageListenerContainer::stop);
	}

	@Test
	void isUpWithoutListeners() {
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void isUpWhenAListenerWasNeverStarted() {
		container("orders-listener").setAutoStartup(false);
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("orders-listener", Map.of("running", false, "paused", false));
	}

	@Test
	void isUpWhileListenersRun() {
		container("orders-listener").start();
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("orders-listener", Map.of("running", true, "paused", false));
	}

	@Test
	void showsThatSomebodyPausedAListener() {
		ConcurrentMessageListenerContainer<String, String> container = container("orders-listener");
		container.start();
		container.pause();
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("orders-listener", Map.of("running", true, "paused", true));
	}

	@Test
	void isUpWhenSomebodyStoppedAListener() {
		ConcurrentMessageListenerContainer<String, String> container = container("orders-listener");
		container.start();
		container.stop();
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void isDownWithTheReasonWhenOneListenerStoppedByItself() {
		container("orders-listener").start();
		ConcurrentMessageListenerContainer<String, String> failing = container("payments-listener");
		failing.start();
		failing.stopAbnormally(() -> {
		});
		Map<String, Object> details = Map.of("running", false, "paused", false, "reason", "ABNORMAL");
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.indicator.health().getDetails())
				.containsEntry("orders-listener", Map.of("running", true, "paused", false))
				.containsEntry("payments-listener", details));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void isUpAgainAfterARestart() {
		ConcurrentMessageListenerContainer<String, String> container = container("orders-listener");
		container.start();
		container.stopAbnormally(() -> {
		});
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
		container.start();
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("orders-listener", Map.of("running", true, "paused", false));
	}

	private ConcurrentMessageListenerContainer<String, String> container(String id) {
		ContainerProperties properties = new ContainerProperties("orders");
		properties.setMessageListener((MessageListener<String, String>) (record) -> {
		});
		ConcurrentMessageListenerContainer<String, String> container = new ConcurrentMessageListenerContainer<>(
				new DefaultKafkaConsumerFactory<>(Map.of("bootstrap.servers", "localhost:1", "group.id", "billing"),
						new StringDeserializer(), new StringDeserializer()),
				properties);
		container.setBeanName(id);
		container.setApplicationEventPublisher((event) -> {
			if (event instanceof ConsumerStoppedEvent stopped) {
				this.stops.onApplicationEvent(stopped);
			}
		});
		this.containers.add(container);
		return container;
	}

}
