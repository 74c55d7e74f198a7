package io.github.kafkaguardrails.proof;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;

/**
 * A plain Spring Kafka container without Kafka Guardrails. Its listener notes every
 * delivery, then does what a proof wants.
 */
final class SpringKafka implements AutoCloseable {

	final List<String> delivered = new CopyOnWriteArrayList<>();

	final List<String> processed = new CopyOnWriteArrayList<>();

	private final KafkaMessageListenerContainer<Object, Object> container;

	SpringKafka(String topic, String group, Map<String, Object> consumerConfig, Consumer<Setting> setting) {
		ContainerProperties properties = new ContainerProperties(topic);
		properties.setPollTimeout(50);
		Setting given = new Setting(properties);
		setting.accept(given);
		properties.setMessageListener((MessageListener<Object, Object>) (record) -> {
			this.delivered.add(String.valueOf(record.value()));
			given.listener.accept(record);
			this.processed.add(String.valueOf(record.value()));
		});
		this.container = new KafkaMessageListenerContainer<>(
				new DefaultKafkaConsumerFactory<>(ProofClients.consumerConfig(group, consumerConfig)), properties);
		if (given.errorHandler != null) {
			this.container.setCommonErrorHandler(given.errorHandler);
		}
		this.container.start();
	}

	static KafkaTemplate<Object, Object> template(Class<?> valueSerializer) {
		return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(ProofClients.producerConfig(
				Map.of(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, valueSerializer, "max.block.ms", 200))));
	}

	boolean running() {
		return this.container.isRunning();
	}

	/** Number of partitions that it has at the moment. */
	int partitions() {
		Collection<TopicPartition> partitions = this.container.getAssignedPartitions();
		return (partitions != null) ? partitions.size() : 0;
	}

	void awaitProcessed(String value) {
		Awaitility.await().atMost(ProofClients.TIMEOUT).until(() -> this.processed.contains(value));
	}

	void awaitDelivered(String value, int times) {
		Awaitility.await()
			.atMost(ProofClients.TIMEOUT)
			.until(() -> this.delivered.stream().filter(value::equals).count() >= times);
	}

	@Override
	public void close() {
		this.container.stop();
	}

	/** What a proof changes. */
	static final class Setting {

		final ContainerProperties container;

		Consumer<ConsumerRecord<Object, Object>> listener = (record) -> {
		};

		@Nullable CommonErrorHandler errorHandler;

		private Setting(ContainerProperties container) {
			this.container = container;
		}

	}

}
