package io.github.kafkaguardrails.errorhandling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.BackOff;
import org.springframework.kafka.annotation.DltHandler;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.SendResult;
import org.springframework.util.backoff.FixedBackOff;

import io.github.kafkaguardrails.broker.TestBroker;

/**
 * A small application whose listener does what the value of a record says: {@code ok…}
 * succeeds, {@code flaky:n…} fails the first n times, {@code fail…} always fails,
 * {@code fatal…} fails with an exception that is not retried. It keeps every delivery.
 */
final class ListenerApplication implements AutoCloseable {

	/** Key that leaves every setting of Kafka Guardrails out. */
	static final String UNSET = "test.unset";

	private final ConfigurableApplicationContext context;

	final Deliveries deliveries;

	ListenerApplication(String topic, String group, String listener, Map<String, Object> properties) {
		this(new Deliveries(), topic, group, listener, properties);
	}

	ListenerApplication(Deliveries deliveries, String topic, String group, String listener,
			Map<String, Object> properties, Class<?>... more) {
		this.deliveries = deliveries;
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("spring.kafka.bootstrap-servers", TestBroker.get().bootstrapServers());
		all.put("spring.kafka.consumer.group-id", group);
		all.put("spring.kafka.consumer.auto-offset-reset", "earliest");
		all.put("spring.main.banner-mode", "off");
		all.put("spring.jmx.enabled", "false");
		all.put("test.topic", topic);
		all.put("test.listener", listener);
		if (!properties.containsKey(UNSET)) {
			all.put("kafka.guardrails.listeners.default.retry.initial-interval", "20ms");
			all.put("kafka.guardrails.listeners.default.retry.max-interval", "50ms");
		}
		all.putAll(properties);
		SpringApplication application = new SpringApplicationBuilder(Configuration.class).sources(more)
			.web(WebApplicationType.NONE)
			.initializers((context) -> context.getBeanFactory().registerSingleton("deliveries", deliveries))
			.build();
		String[] arguments = all.entrySet()
			.stream()
			.map((entry) -> "--" + entry.getKey() + "=" + entry.getValue())
			.toArray(String[]::new);
		this.context = application.run(arguments);
	}

	MessageListenerContainer container(String id) {
		MessageListenerContainer container = this.context.getBean(KafkaListenerEndpointRegistry.class)
			.getListenerContainer(id);
		if (container == null) {
			throw new IllegalArgumentException("No container '" + id + "'");
		}
		return container;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** What was delivered, across restarts of the application. */
	static final class Deliveries {

		final List<String> values = new CopyOnWriteArrayList<>();

		final List<String> succeeded = new CopyOnWriteArrayList<>();

		final List<ConsumerRecord<?, ?>> records = new CopyOnWriteArrayList<>();

		private final Map<String, Integer> counts = new ConcurrentHashMap<>();

		long count(String value) {
			return this.values.stream().filter(value::equals).count();
		}

		void deliver(String value) {
			this.values.add(value);
			int count = this.counts.merge(value, 1, Integer::sum);
			if (value.startsWith("fatal")) {
				throw new ClassCastException("fatal");
			}
			if (value.startsWith("fail")) {
				throw new IllegalStateException("always");
			}
			if (value.startsWith("flaky:") && count <= Character.digit(value.charAt(6), 10)) {
				throw new IllegalStateException("for a while");
			}
			this.succeeded.add(value);
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Configuration {

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "record")
		RecordListener recordListener(Deliveries deliveries) {
			return new RecordListener(deliveries);
		}

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "batch")
		BatchListener batchListener(Deliveries deliveries) {
			return new BatchListener(deliveries);
		}

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "plain-batch")
		PlainBatchListener plainBatchListener(Deliveries deliveries) {
			return new PlainBatchListener(deliveries);
		}

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "manual")
		ManualListener manualListener(Deliveries deliveries) {
			return new ManualListener(deliveries);
		}

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "sending")
		SendingListener sendingListener(Deliveries deliveries, KafkaTemplate<String, String> template,
				@Value("${test.output}") String output) {
			return new SendingListener(deliveries, template, output);
		}

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "pattern")
		PatternListener patternListener(Deliveries deliveries) {
			return new PatternListener(deliveries);
		}

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "groups")
		GroupsListener groupsListener(Deliveries deliveries) {
			return new GroupsListener(deliveries);
		}

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "retryable")
		RetryableListener retryableListener(Deliveries deliveries) {
			return new RetryableListener(deliveries);
		}

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "own-factory")
		OwnFactoryListener ownFactoryListener(Deliveries deliveries) {
			return new OwnFactoryListener(deliveries);
		}

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "own-factory")
		ConcurrentKafkaListenerContainerFactory<String, String> ownFactory(
				ConsumerFactory<String, String> consumerFactory) {
			ConcurrentKafkaListenerContainerFactory<String, String> factory = new ConcurrentKafkaListenerContainerFactory<>();
			factory.setConsumerFactory(consumerFactory);
			return factory;
		}

		@Bean
		@ConditionalOnProperty(name = "test.handler", havingValue = "user")
		DefaultErrorHandler userErrorHandler(Deliveries deliveries) {
			return new DefaultErrorHandler((record, ex) -> deliveries.values.add("user:" + record.value()),
					new FixedBackOff(0, 1));
		}

		@Bean
		@ConditionalOnProperty(name = "test.listener", havingValue = "future")
		FutureListener futureListener(Deliveries deliveries) {
			return new FutureListener(deliveries);
		}

	}

	/** A record listener. */
	static class RecordListener {

		private final Deliveries deliveries;

		RecordListener(Deliveries deliveries) {
			this.deliveries = deliveries;
		}

		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}", concurrency = "${test.concurrency:1}")
		void listen(ConsumerRecord<String, String> record) {
			this.deliveries.records.add(record);
			this.deliveries.deliver(String.valueOf(record.value()));
		}

	}

	/** A batch listener that tells which record failed. */
	static class BatchListener {

		private final Deliveries deliveries;

		BatchListener(Deliveries deliveries) {
			this.deliveries = deliveries;
		}

		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}", batch = "true")
		void listen(List<ConsumerRecord<String, String>> records) {
			for (ConsumerRecord<String, String> record : records) {
				try {
					this.deliveries.deliver(String.valueOf(record.value()));
				}
				catch (RuntimeException ex) {
					throw new BatchListenerFailedException("failed", ex, record);
				}
			}
		}

	}

	/** A batch listener that does not tell which record failed. */
	static class PlainBatchListener {

		private final Deliveries deliveries;

		PlainBatchListener(Deliveries deliveries) {
			this.deliveries = deliveries;
		}

		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}", batch = "true")
		void listen(List<String> values) {
			new ArrayList<>(values).forEach(this.deliveries::deliver);
		}

	}

	/** A listener that acknowledges by itself. */
	static class ManualListener {

		private final Deliveries deliveries;

		ManualListener(Deliveries deliveries) {
			this.deliveries = deliveries;
		}

		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}")
		void listen(String value, Acknowledgment acknowledgment) {
			this.deliveries.deliver(value);
			acknowledgment.acknowledge();
		}

	}

	/** A transactional listener that sends before it fails. */
	static class SendingListener {

		private final Deliveries deliveries;

		private final KafkaTemplate<String, String> template;

		private final String output;

		SendingListener(Deliveries deliveries, KafkaTemplate<String, String> template, String output) {
			this.deliveries = deliveries;
			this.template = template;
			this.output = output;
		}

		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}", concurrency = "${test.concurrency:1}")
		void listen(String value) {
			CompletableFuture<SendResult<String, String>> unused = this.template.send(this.output, value);
			this.deliveries.deliver(value);
		}

	}

	/** A listener of a topic pattern. */
	static class PatternListener {

		private final Deliveries deliveries;

		PatternListener(Deliveries deliveries) {
			this.deliveries = deliveries;
		}

		@KafkaListener(id = "main", idIsGroup = false, topicPattern = "${test.topic}.*")
		void listen(ConsumerRecord<String, String> record) {
			this.deliveries.records.add(record);
			this.deliveries.deliver(record.value());
		}

	}

	/** Two groups on one topic. */
	static class GroupsListener {

		private final Deliveries deliveries;

		GroupsListener(Deliveries deliveries) {
			this.deliveries = deliveries;
		}

		@KafkaListener(id = "first", groupId = "${test.topic}-first", topics = "${test.topic}")
		void first(String value) {
			this.deliveries.deliver(value);
		}

		@KafkaListener(id = "second", groupId = "${test.topic}-second", topics = "${test.topic}")
		void second(String value) {
			this.deliveries.values.add("second:" + value);
		}

	}

	/** A listener that returns a future. */
	static class FutureListener {

		private final Deliveries deliveries;

		FutureListener(Deliveries deliveries) {
			this.deliveries = deliveries;
		}

		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}", concurrency = "${test.concurrency:1}")
		CompletableFuture<Void> listen(String value) {
			return CompletableFuture.runAsync(() -> this.deliveries.deliver(value));
		}

	}

	/** A listener with Spring Kafka's own retry topics. */
	static class RetryableListener {

		private final Deliveries deliveries;

		RetryableListener(Deliveries deliveries) {
			this.deliveries = deliveries;
		}

		@RetryableTopic(attempts = "2", backOff = @BackOff(delay = 50))
		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}")
		void listen(String value) {
			this.deliveries.deliver(value);
		}

		@DltHandler
		void deadLetter(String value) {
			this.deliveries.values.add("user:" + value);
		}

	}

	/** A listener whose container factory is the user's. */
	static class OwnFactoryListener {

		private final Deliveries deliveries;

		OwnFactoryListener(Deliveries deliveries) {
			this.deliveries = deliveries;
		}

		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}", containerFactory = "ownFactory")
		void listen(String value) {
			this.deliveries.deliver(value);
		}

	}

}
