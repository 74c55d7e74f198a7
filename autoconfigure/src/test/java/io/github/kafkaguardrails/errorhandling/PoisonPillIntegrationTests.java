package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;

import io.github.kafkaguardrails.broker.TestBroker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records that cannot be deserialized end in the dead-letter topic with their bytes,
 * whatever the listener and whether or not an {@code ErrorHandlingDeserializer} is
 * configured; the others are processed once.
 */
class PoisonPillIntegrationTests {

	private static final byte[] POISON = { (byte) 0xFF, 0x00, (byte) 0xFE };

	private final TestBroker broker = TestBroker.get();

	@ParameterizedTest(name = "{0} listener, ErrorHandlingDeserializer {1}")
	@CsvSource({ "record, false", "record, true", "batch, false", "batch, true", "manual, false", "manual, true",
			"sending, false", "sending, true" })
	void deadLettersTheBytes(String listener, boolean errorHandlingDeserializer) {
		String topic = this.broker.topic("poison", 1);
		String group = "group-" + topic;
		send(topic, "ok-1".getBytes(StandardCharsets.UTF_8));
		send(topic, POISON);
		send(topic, "ok-2".getBytes(StandardCharsets.UTF_8));
		send(topic, POISON);
		String deadLetters = topic + "-" + group + "-dlt";
		try (ListenerApplication application = new ListenerApplication(topic, group, listener,
				properties(listener, errorHandlingDeserializer))) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(this.broker.records(deadLetters)).hasSize(2));
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(application.deliveries.succeeded).containsExactly("ok-1", "ok-2"));
			if (errorHandlingDeserializer || !listener.equals("manual")) {
				Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.untilAsserted(() -> assertThat(this.broker.committed(group, topic, 0)).isGreaterThanOrEqualTo(4));
			}
			assertThat(application.container("main").isInExpectedState()).isTrue();
			assertThat(application.deliveries.values).containsExactly("ok-1", "ok-2");
		}
		List<ConsumerRecord<byte[], byte[]>> records = this.broker.records(deadLetters);
		assertThat(records).hasSize(2).allSatisfy((record) -> {
			assertThat(record.value()).isEqualTo(POISON);
			assertThat(record.key()).isEqualTo("key".getBytes(StandardCharsets.UTF_8));
			assertThat(record.headers().headers("trace")).hasSize(1);
			assertThat(record.headers().headers("springDeserializerExceptionValue")).isEmpty();
		});
	}

	private Map<String, Object> properties(String listener, boolean errorHandlingDeserializer) {
		Map<String, Object> properties = new LinkedHashMap<>();
		if (errorHandlingDeserializer) {
			properties.put("spring.kafka.consumer.value-deserializer", ErrorHandlingDeserializer.class.getName());
			properties.put("spring.kafka.consumer.properties.spring.deserializer.value.delegate.class",
					StrictDeserializer.class.getName());
		}
		else {
			properties.put("spring.kafka.consumer.value-deserializer", StrictDeserializer.class.getName());
		}
		if (listener.equals("manual")) {
			properties.put("spring.kafka.listener.ack-mode", "manual");
		}
		if (listener.equals("sending")) {
			properties.put("spring.kafka.producer.transaction-id-prefix", "tx-" + System.nanoTime() + "-");
			properties.put("test.output", this.broker.topic("output", 1));
		}
		return properties;
	}

	private void send(String topic, byte[] value) {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, "key".getBytes(StandardCharsets.UTF_8),
				value);
		record.headers().add("trace", "abc".getBytes(StandardCharsets.UTF_8));
		this.broker.send(record);
	}

	/** Refuses what is not text. */
	public static final class StrictDeserializer implements Deserializer<String> {

		@Override
		public String deserialize(String topic, byte[] data) {
			if (data != null && data.length > 0 && data[0] == POISON[0]) {
				throw new IllegalArgumentException("not text");
			}
			return new String(data, StandardCharsets.UTF_8);
		}

	}

}
