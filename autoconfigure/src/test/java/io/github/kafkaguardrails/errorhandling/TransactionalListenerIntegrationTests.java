package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/** Listeners in transactions of Kafka: what a failed attempt has sent stays invisible. */
class TransactionalListenerIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final TestBroker broker = TestBroker.get();

	@ParameterizedTest
	@ValueSource(strings = { "sending", "sending-batch" })
	void keepsItsPlaceWhenTheDeadLetterTopicCannotBeWritten(String listener) {
		String topic = this.broker.topic("transactions", 1);
		String output = this.broker.topic("output", 1);
		String group = "group-" + topic;
		send(topic, 0, "fail-1");
		send(topic, 0, "ok-1");
		try (ListenerApplication application = start(topic, group, listener, output,
				Map.of("kafka.guardrails.topics.provisioning", "verify"))) {
			Awaitility.await().atMost(LIMIT).until(() -> !application.container("main").isInExpectedState());
			Awaitility.await().atMost(LIMIT).until(() -> !application.container("main").isChildRunning());
			assertThat(application.deliveries.count("fail-1")).isEqualTo(4);
			assertThat(application.deliveries.succeeded).isEmpty();
		}
		assertThat(this.broker.committed(group, topic, 0)).isZero();
		assertThat(values(output)).isEmpty();
		try (ListenerApplication application = start(topic, group, listener, output, Map.of())) {
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(group, topic, 0) == 2);
			assertThat(values(topic + "-" + group + "-dlt")).contains("fail-1");
			assertThat(application.deliveries.count("fail-1")).isEqualTo(4);
		}
	}

	@Test
	void goesOnWithEveryPartitionAfterARollback() {
		String topic = this.broker.topic("transactions", 3);
		String output = this.broker.topic("output", 1);
		String group = "group-" + topic;
		List<String> sent = List.of("ok-1", "flaky:2-a", "fail-1", "ok-2", "fatal-1", "ok-3");
		for (int partition = 0; partition < 3; partition++) {
			for (String value : sent) {
				send(topic, partition, value + "-" + partition);
			}
		}
		try (ListenerApplication application = start(topic, group, "sending", output,
				Map.of("test.concurrency", "2"))) {
			for (int partition = 0; partition < 3; partition++) {
				int current = partition;
				Awaitility.await()
					.atMost(LIMIT)
					.untilAsserted(
							() -> assertThat(this.broker.committed(group, topic, current)).isEqualTo(sent.size()));
			}
			for (int partition = 0; partition < 3; partition++) {
				String suffix = "-" + partition;
				assertThat(values(output).stream().filter((value) -> value.endsWith(suffix)))
					.containsExactly("ok-1" + suffix, "flaky:2-a" + suffix, "ok-2" + suffix, "ok-3" + suffix);
				assertThat(application.deliveries.count("fail-1" + suffix)).isEqualTo(4);
				assertThat(application.deliveries.count("fatal-1" + suffix)).isEqualTo(1);
				assertThat(values(topic + "-" + group + "-dlt").stream().filter((value) -> value.endsWith(suffix)))
					.containsExactly("fail-1" + suffix, "fatal-1" + suffix);
			}
		}
	}

	private static ListenerApplication start(String topic, String group, String listener, String output,
			Map<String, Object> more) {
		Map<String, Object> properties = new LinkedHashMap<>(more);
		properties.put("spring.kafka.producer.transaction-id-prefix", "tx-" + System.nanoTime() + "-");
		properties.put("test.output", output);
		return new ListenerApplication(new ListenerApplication.Deliveries(), topic, group, listener, properties,
				Listeners.class);
	}

	private List<String> values(String topic) {
		return this.broker.records(topic)
			.stream()
			.map((record) -> new String(record.value(), StandardCharsets.UTF_8))
			.toList();
	}

	private void send(String topic, int partition, String value) {
		this.broker.send(new ProducerRecord<>(topic, partition, "key".getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8)));
	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "sending-batch")
		SendingBatchListener sendingBatchListener(ListenerApplication.Deliveries deliveries,
				KafkaTemplate<String, String> template, @Value("${test.output}") String output) {
			return new SendingBatchListener(deliveries, template, output);
		}

	}

	/** Sends each record before it fails. */
	record SendingBatchListener(ListenerApplication.Deliveries deliveries, KafkaTemplate<String, String> template,
			String output) {

		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}", batch = "true")
		void listen(List<String> values) {
			for (String value : values) {
				CompletableFuture<SendResult<String, String>> unused = this.template.send(this.output, value);
				this.deliveries.deliver(value);
			}
		}

	}

}
