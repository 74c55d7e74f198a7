package io.github.kafkaguardrails.errorhandling;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.RecordInterceptor;

import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.errorhandling.topics.Connection;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;

import static org.assertj.core.api.Assertions.assertThat;

/** A parked record reaches the listener as its container would deliver it. */
class OrderedRetryListenersIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final TestBroker broker = TestBroker.get();

	private final String topic = this.broker.topic("ordered-listeners", 1);

	private final String group = "group-" + this.topic;

	@Test
	void callsInterceptorsAndObservationsAndKeepsTheHeaders() {
		ProducerRecord<byte[], byte[]> sent = record("a", "flaky:1-a1");
		sent.headers().add("tenant", "acme".getBytes(StandardCharsets.UTF_8));
		this.broker.send(sent);
		this.broker.send(record("a", "ok-a2"));
		ListenerApplication.Deliveries deliveries = new ListenerApplication.Deliveries();
		try (ListenerApplication application = application(deliveries,
				Map.of("spring.kafka.listener.observation-enabled", "true"), Observed.class)) {
			Awaitility.await().atMost(LIMIT).until(() -> deliveries.succeeded.size() == 2);
			Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(this.group, this.topic, 0) == 2);
			Calls calls = application.bean(Calls.class);
			assertThat(calls.events).containsExactly("intercept flaky:1-a1", "failure flaky:1-a1", "intercept ok-a2",
					"success ok-a2", "intercept flaky:1-a1", "success flaky:1-a1", "intercept ok-a2", "success ok-a2");
			assertThat(calls.started).hasValueGreaterThanOrEqualTo(3);
			assertThat(calls.active).hasValue(0);
		}
		ConsumerRecord<?, ?> retried = deliveries.records.get(1);
		assertThat(retried.headers()).extracting(Header::key).containsExactly("tenant");
		assertThat(retried.offset()).isZero();
		assertThat(retried.timestamp()).isEqualTo(deliveries.records.get(0).timestamp());
		assertThat(retried.topic()).isEqualTo(this.topic);
	}

	@Test
	void usesDeserializersThatWereGivenToTheFactoryAndLeavesOtherListenersAlone() {
		this.broker.send(record("a", "flaky:1-a1"));
		this.broker.send(record("a", "ok-a2"));
		ListenerApplication.Deliveries deliveries = new ListenerApplication.Deliveries();
		try (ListenerApplication application = application(deliveries, Map.of(), Given.class)) {
			Awaitility.await().atMost(LIMIT).until(() -> deliveries.succeeded.size() == 2);
			assertThat(deliveries.succeeded).containsExactly("given flaky:1-a1", "given ok-a2");
			OtherListener other = application.bean(OtherListener.class);
			Awaitility.await().atMost(LIMIT).until(() -> other.consumers.size() == 2);
			assertThat(other.consumers).noneMatch((consumer) -> Proxy.isProxyClass(consumer.getClass()));
		}
	}

	@Test
	void deletesTheBeginningOfAParkedTopic() {
		for (int i = 0; i < 5; i++) {
			this.broker.send(record("a", "a" + i));
		}
		try (ListenerApplication application = application(new ListenerApplication.Deliveries(), Map.of())) {
			application.bean(FailedRecordTopics.class)
				.deleteBefore(Connection.of(Map.of("bootstrap.servers", this.broker.bootstrapServers())),
						Map.of(new TopicPartition(this.topic, 0), 3L));
			assertThat(this.broker.records(this.topic)).extracting(ConsumerRecord::offset).containsExactly(3L, 4L);
		}
	}

	private ListenerApplication application(ListenerApplication.Deliveries deliveries, Map<String, Object> properties,
			Class<?>... more) {
		Map<String, Object> all = new HashMap<>(properties);
		all.put("kafka.guardrails.listeners.main.retry.mode", "ordered");
		return new ListenerApplication(deliveries, this.topic, this.group, "record", all, more);
	}

	private ProducerRecord<byte[], byte[]> record(String key, String value) {
		return new ProducerRecord<>(this.topic, 0, key.getBytes(StandardCharsets.UTF_8),
				value.getBytes(StandardCharsets.UTF_8));
	}

	/** What was called. */
	static class Calls implements RecordInterceptor<Object, Object>, ObservationHandler<Observation.Context> {

		final List<String> events = new CopyOnWriteArrayList<>();

		final AtomicInteger started = new AtomicInteger();

		final AtomicInteger active = new AtomicInteger();

		@Override
		public ConsumerRecord<Object, Object> intercept(ConsumerRecord<Object, Object> record,
				Consumer<Object, Object> consumer) {
			this.events.add("intercept " + record.value());
			return record;
		}

		@Override
		public void success(ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
			this.events.add("success " + record.value());
		}

		@Override
		public void failure(ConsumerRecord<Object, Object> record, Exception exception,
				Consumer<Object, Object> consumer) {
			this.events.add("failure " + record.value());
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStart(Observation.Context context) {
			this.started.incrementAndGet();
			this.active.incrementAndGet();
		}

		@Override
		public void onStop(Observation.Context context) {
			this.active.decrementAndGet();
		}

	}

	/** With an interceptor and observations. */
	static class Observed {

		@Bean
		Calls calls() {
			return new Calls();
		}

		@Bean
		ObservationRegistry observationRegistry(Calls calls) {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler(calls);
			return registry;
		}

	}

	/** With deserializers that are objects, and another listener of the same factory. */
	static class Given {

		@Bean
		DefaultKafkaConsumerFactoryCustomizer deserializers() {
			return Given::deserializers;
		}

		@SuppressWarnings("unchecked") // the listeners of this test take text
		private static void deserializers(DefaultKafkaConsumerFactory<?, ?> factory) {
			((DefaultKafkaConsumerFactory<Object, String>) factory)
				.setValueDeserializerSupplier(GivenDeserializer::new);
		}

		@Bean
		OtherListener otherListener() {
			return new OtherListener();
		}

	}

	/** Makes known who has read a value. */
	static class GivenDeserializer extends StringDeserializer {

		@Override
		public String deserialize(String topic, byte[] data) {
			return "given " + super.deserialize(topic, data);
		}

		@Override
		public String deserialize(String topic, Headers headers, ByteBuffer data) {
			byte[] bytes = new byte[data.remaining()];
			data.duplicate().get(bytes);
			return deserialize(topic, bytes);
		}

	}

	/** A listener without ordered retry. */
	static class OtherListener {

		final List<Consumer<?, ?>> consumers = new CopyOnWriteArrayList<>();

		@KafkaListener(id = "other", groupId = "${test.topic}-other", topics = "${test.topic}")
		void listen(ConsumerRecord<String, String> record, Consumer<String, String> consumer) {
			this.consumers.add(consumer);
		}

	}

}
