package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Headers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.KafkaHeaders;

import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.errorhandling.deadletter.DeadLetterHeaders;
import io.github.kafkaguardrails.errorhandling.topics.HeaderValues;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a dead letter and its topic look like, and what happens when it cannot be written.
 */
class DeadLetterIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final TestBroker broker = TestBroker.get();

	@Test
	void keepsTheRecordAndTellsTheFailure() {
		String topic = this.broker.topic("letters", 3);
		String group = "group-" + topic;
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 2, 1_700_000_000_123L, bytes("k"),
				bytes("fail-1"));
		record.headers().add("trace", bytes("abc"));
		this.broker.send(record);
		try (ListenerApplication application = new ListenerApplication(topic, group, "record", Map.of())) {
			awaitDeadLetters(topic, group, 1);
			assertThat(application.container("main").isInExpectedState()).isTrue();
		}
		ConsumerRecord<byte[], byte[]> letter = this.broker.records(topic + "-" + group + "-dlt").get(0);
		assertThat(letter.key()).isEqualTo(bytes("k"));
		assertThat(letter.value()).isEqualTo(bytes("fail-1"));
		assertThat(letter.partition()).isEqualTo(2);
		assertThat(letter.timestamp()).isEqualTo(1_700_000_000_123L);
		Headers headers = letter.headers();
		assertThat(HeaderValues.text(headers, "trace")).isEqualTo("abc");
		assertThat(HeaderValues.text(headers, KafkaHeaders.DLT_EXCEPTION_CAUSE_FQCN))
			.isEqualTo(IllegalStateException.class.getName());
		assertThat(HeaderValues.text(headers, KafkaHeaders.DLT_EXCEPTION_MESSAGE)).isEqualTo("always");
		assertThat(HeaderValues.text(headers, KafkaHeaders.DLT_EXCEPTION_STACKTRACE)).contains("Deliveries.deliver")
			.hasSizeLessThanOrEqualTo(8 * 1024);
		assertThat(HeaderValues.text(headers, KafkaHeaders.DLT_ORIGINAL_TOPIC)).isEqualTo(topic);
		assertThat(HeaderValues.number(headers, KafkaHeaders.DLT_ORIGINAL_PARTITION, -1)).isEqualTo(2);
		assertThat(HeaderValues.number(headers, KafkaHeaders.DLT_ORIGINAL_OFFSET, -1)).isZero();
		assertThat(HeaderValues.number(headers, KafkaHeaders.DLT_ORIGINAL_TIMESTAMP, -1)).isEqualTo(1_700_000_000_123L);
		assertThat(HeaderValues.text(headers, KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP)).isEqualTo(group);
		assertThat(HeaderValues.text(headers, DeadLetterHeaders.LISTENER_ID)).isEqualTo("main");
		assertThat(HeaderValues.number(headers, DeadLetterHeaders.ATTEMPTS, -1)).isEqualTo(4);
		assertThat(HeaderValues.number(headers, DeadLetterHeaders.FIRST_FAILURE, -1)).isPositive();
		assertThat(HeaderValues.number(headers, DeadLetterHeaders.REPLAY_COUNT, -1)).isZero();
	}

	@Test
	void namesTheSourceAfterARetryTopic() {
		String topic = this.broker.topic("letters", 2);
		String group = "group-" + topic;
		this.broker.send(new ProducerRecord<>(topic, 1, 1_700_000_000_123L, bytes("k"), bytes("fail-1")));
		try (ListenerApplication application = new ListenerApplication(topic, group, "record",
				Map.of("kafka.guardrails.listeners.main.retry.mode", "topic"))) {
			awaitDeadLetters(topic, group, 1);
			assertThat(application.deliveries.count("fail-1")).isEqualTo(4);
		}
		ConsumerRecord<byte[], byte[]> letter = this.broker.records(topic + "-" + group + "-dlt").get(0);
		assertThat(letter.partition()).isEqualTo(1);
		assertThat(letter.timestamp()).isEqualTo(1_700_000_000_123L);
		assertThat(HeaderValues.text(letter.headers(), KafkaHeaders.DLT_ORIGINAL_TOPIC)).isEqualTo(topic);
		assertThat(HeaderValues.number(letter.headers(), KafkaHeaders.DLT_ORIGINAL_OFFSET, -1)).isZero();
		assertThat(HeaderValues.number(letter.headers(), DeadLetterHeaders.ATTEMPTS, -1)).isEqualTo(4);
		assertThat(letter.headers().headers("retry_topic-attempts")).isEmpty();
		assertThat(letter.headers().headers(KafkaHeaders.ORIGINAL_TOPIC)).isEmpty();
	}

	@Test
	void keepsTombstonesAndNullKeys() {
		String topic = this.broker.topic("letters", 1);
		String group = "group-" + topic;
		this.broker.send(new ProducerRecord<>(topic, 0, bytes("k"), null));
		this.broker.send(new ProducerRecord<>(topic, 0, null, bytes("fail-1")));
		this.broker.send(new ProducerRecord<>(topic, 0, bytes("k"), bytes("ok-1")));
		try (ListenerApplication application = new ListenerApplication(topic, group, "manual",
				Map.of("spring.kafka.listener.ack-mode", "manual"))) {
			awaitDeadLetters(topic, group, 2);
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(group, topic, 0) == 3);
			assertThat(application.deliveries.succeeded).containsExactly("ok-1");
		}
		List<ConsumerRecord<byte[], byte[]>> letters = this.broker.records(topic + "-" + group + "-dlt");
		assertThat(letters.get(0).value()).isNull();
		assertThat(letters.get(0).key()).isEqualTo(bytes("k"));
		assertThat(letters.get(1).key()).isNull();
		assertThat(letters.get(1).value()).isEqualTo(bytes("fail-1"));
	}

	@Test
	void makesTheTopicLikeItsSource() throws Exception {
		String topic = this.broker.topic("letters", 3,
				Map.of("min.insync.replicas", "1", "max.message.bytes", "200000", "cleanup.policy", "compact"));
		String group = "group-" + topic;
		String deadLetters = topic + "-" + group + "-dlt";
		try (ListenerApplication application = new ListenerApplication(topic, group, "record", Map.of())) {
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.topics().contains(deadLetters));
			assertThat(application.deliveries.values).isEmpty();
		}
		TopicDescription description = this.broker.admin()
			.describeTopics(Set.of(deadLetters))
			.allTopicNames()
			.get()
			.get(deadLetters);
		assertThat(Objects.requireNonNull(description).partitions()).hasSize(3);
		ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, deadLetters);
		Map<String, String> configs = new HashMap<>();
		Config config = this.broker.admin().describeConfigs(Set.of(resource)).all().get().get(resource);
		Objects.requireNonNull(config).entries().forEach((entry) -> configs.put(entry.name(), entry.value()));
		assertThat(configs).containsEntry("cleanup.policy", "delete")
			.containsEntry("retention.ms", "-1")
			.containsEntry("max.message.bytes", "265536")
			.containsEntry("min.insync.replicas", "1");
	}

	@Test
	void stopsWhenTheTopicIsMissingAndMayOnlyBeVerified() {
		String topic = this.broker.topic("letters", 1);
		String group = "group-" + topic;
		this.broker.send(new ProducerRecord<>(topic, 0, bytes("k"), bytes("ok-1")));
		this.broker.send(new ProducerRecord<>(topic, 0, bytes("k"), bytes("fail-1")));
		this.broker.send(new ProducerRecord<>(topic, 0, bytes("k"), bytes("ok-2")));
		try (ListenerApplication application = new ListenerApplication(topic, group, "record",
				Map.of("kafka.guardrails.topics.provisioning", "verify"))) {
			Awaitility.await().atMost(LIMIT).until(() -> !application.container("main").isInExpectedState());
			assertThat(application.deliveries.count("fail-1")).isEqualTo(4);
			assertThat(application.deliveries.values).doesNotContain("ok-2");
		}
		assertThat(this.broker.committed(group, topic, 0)).isEqualTo(1);
		assertThat(this.broker.topics()).doesNotContain(topic + "-" + group + "-dlt");
	}

	@Test
	void stopsWhenTheTopicTakesNoSuchRecord() {
		String topic = this.broker.topic("letters", 1);
		String group = "group-" + topic;
		this.broker.create(topic + "-" + group + "-dlt", 1, Map.of("max.message.bytes", "100"));
		this.broker.send(new ProducerRecord<>(topic, 0, bytes("k"), bytes("fail-1")));
		try (ListenerApplication application = new ListenerApplication(topic, group, "batch", Map.of())) {
			Awaitility.await().atMost(LIMIT).until(() -> !application.container("main").isInExpectedState());
			assertThat(application.deliveries.count("fail-1")).isEqualTo(4);
		}
		assertThat(this.broker.committed(group, topic, 0)).isZero();
	}

	private void awaitDeadLetters(String topic, String group, int count) {
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(this.broker.records(topic + "-" + group + "-dlt")).hasSize(count));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
