package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.kafka.support.serializer.DeserializationException;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/** Dead letters say the same in every retry mode. */
class OrderedRetryPoisonPillIntegrationTests {

	private static final byte[] POISON = { (byte) 0xff };

	private final TestBroker broker = TestBroker.get();

	@ParameterizedTest
	@CsvSource({ "blocking, false", "blocking, true", "ordered, false", "ordered, true" })
	void namesTheCauseOfADeadLetterAlikeInEveryMode(String mode, boolean errorHandlingDeserializer) {
		String topic = this.broker.topic("poison-" + mode, 1);
		String group = "group-" + topic;
		send(topic, "a", "flaky:1-a1".getBytes(StandardCharsets.UTF_8));
		send(topic, "a", POISON);
		send(topic, "b", POISON);
		send(topic, "c", "fatal-c1".getBytes(StandardCharsets.UTF_8));
		Class<?> poisoned = errorHandlingDeserializer ? DeserializationException.class
				: RecordDeserializationException.class;
		try (ListenerApplication application = new ListenerApplication(topic, group, "record",
				properties(mode, errorHandlingDeserializer))) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(causes(topic + "-" + group + "-dlt")).containsExactlyInAnyOrder(
						poisoned.getName(), poisoned.getName(), ClassCastException.class.getName()));
			assertThat(application.deliveries.succeeded).containsExactly("flaky:1-a1");
		}
	}

	private List<String> causes(String deadLetters) {
		return this.broker.records(deadLetters).stream().map((record) -> {
			Header header = record.headers().lastHeader(KafkaHeaders.DLT_EXCEPTION_CAUSE_FQCN);
			return new String(header.value(), StandardCharsets.UTF_8);
		}).toList();
	}

	private static Map<String, Object> properties(String mode, boolean errorHandlingDeserializer) {
		String strict = PoisonPillIntegrationTests.StrictDeserializer.class.getName();
		String modeKey = "kafka.guardrails.listeners.main.retry.mode";
		return errorHandlingDeserializer
				? Map.of(modeKey, mode, "spring.kafka.consumer.value-deserializer",
						ErrorHandlingDeserializer.class.getName(),
						"spring.kafka.consumer.properties.spring.deserializer.value.delegate.class", strict)
				: Map.of(modeKey, mode, "spring.kafka.consumer.value-deserializer", strict);
	}

	private void send(String topic, String key, byte[] value) {
		this.broker.send(new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value));
	}

}
