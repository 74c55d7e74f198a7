package io.github.kafkaguardrails.proof;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.broker.TestBroker;

/** Clients for texts, with Kafka's own defaults but for what a proof is about. */
final class ProofClients {

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	static final TestBroker BROKER = TestBroker.get();

	private ProofClients() {
	}

	static String newGroup() {
		return "proof-" + UUID.randomUUID().toString().substring(0, 8);
	}

	static void send(String topic, @Nullable String key, String... values) {
		for (String value : values) {
			BROKER.send(new ProducerRecord<>(topic, (key != null) ? key.getBytes(StandardCharsets.UTF_8) : null,
					value.getBytes(StandardCharsets.UTF_8)));
		}
	}

	static Map<String, Object> consumerConfig(String group, Map<String, Object> overrides) {
		Map<String, Object> config = new HashMap<>();
		config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.bootstrapServers());
		if (!group.isEmpty()) {
			config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
		}
		config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
		config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
		config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		config.putAll(overrides);
		return config;
	}

	static Consumer<String, String> consumer(String group, Map<String, Object> overrides) {
		return new KafkaConsumer<>(consumerConfig(group, overrides));
	}

	static Map<String, Object> producerConfig(Map<String, Object> overrides) {
		Map<String, Object> config = new HashMap<>();
		config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.bootstrapServers());
		config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
		config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
		config.putAll(overrides);
		return config;
	}

	static Producer<String, String> producer(Map<String, Object> overrides) {
		return new KafkaProducer<>(producerConfig(overrides));
	}

	/** Poll until that many values have come. */
	static List<String> poll(Consumer<String, String> consumer, int count) {
		List<String> values = new ArrayList<>();
		pollUntil(consumer, values, () -> values.size() >= count);
		return values;
	}

	static void pollUntil(Consumer<String, String> consumer, List<String> values, BooleanSupplier condition) {
		Awaitility.await().pollInSameThread().pollInterval(Duration.ofMillis(1)).atMost(TIMEOUT).until(() -> {
			consumer.poll(Duration.ofMillis(50)).forEach((record) -> values.add(record.value()));
			return condition.getAsBoolean();
		});
	}

}
