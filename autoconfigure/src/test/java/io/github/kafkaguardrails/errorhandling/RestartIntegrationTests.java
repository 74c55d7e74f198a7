package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/** A container that is started again, in the same application, begins anew. */
class RestartIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final TestBroker broker = TestBroker.get();

	@ParameterizedTest
	@ValueSource(strings = { "record", "plain-batch", "future" })
	void hasAllAttemptsAfterItHasStopped(String listener) {
		String topic = this.broker.topic("restarts", 1);
		String group = "group-" + topic;
		send(topic, "flaky:6-a");
		send(topic, "ok-1");
		try (ListenerApplication application = new ListenerApplication(topic, group, listener,
				Map.of("kafka.guardrails.listeners.main.then", "stop"))) {
			MessageListenerContainer container = application.container("main");
			Awaitility.await().atMost(LIMIT).until(() -> !container.isInExpectedState() && !container.isChildRunning());
			assertThat(application.deliveries.count("flaky:6-a")).isEqualTo(4);
			assertThat(this.broker.committed(group, topic, 0)).isZero();
			container.start();
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(group, topic, 0) == 2);
			assertThat(application.deliveries.count("flaky:6-a")).isEqualTo(7);
			assertThat(application.deliveries.succeeded).contains("flaky:6-a", "ok-1");
			assertThat(container.isInExpectedState()).isTrue();
		}
	}

	private void send(String topic, String value) {
		this.broker.send(new ProducerRecord<>(topic, 0, "key".getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8)));
	}

}
