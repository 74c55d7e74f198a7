package io.github.kafkaguardrails.errorhandling;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.KafkaHandler;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.KafkaNull;
import org.springframework.messaging.handler.annotation.Payload;

import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.errorhandling.ListenerApplication.Deliveries;

import static org.assertj.core.api.Assertions.assertThat;

/** Ordered retry with listeners, threads and members that are not of the usual kind. */
class OrderedRetryListenerKindsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String NO_LISTENER = "none";

	private final TestBroker broker = TestBroker.get();

	private final String topic = this.broker.topic("ordered-kinds", 1);

	private final String group = "group-" + this.topic;

	private final String parked = this.topic + "-" + this.group + "-parked";

	private final Deliveries deliveries = new Deliveries();

	@Test
	void keepsTheParkedTopicAwayFromAPatternThatMatchesIt() {
		String second = this.topic + "-second";
		this.broker.create(second, 1, Map.of());
		send(this.topic, "a", "flaky:1-a1");
		send(this.topic, "a", "ok-a2");
		send(second, "a", "flaky:1-a3");
		send(second, "a", "ok-a4");
		try (ListenerApplication application = application("pattern",
				Map.of("spring.kafka.consumer.properties[metadata.max.age.ms]", "300"))) {
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.size() == 4);
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> Objects.requireNonNull(application.container("main").getAssignedPartitions())
					.contains(new TopicPartition(this.parked, 0)));
			send(this.topic, "a", "flaky:1-a5");
			send(this.topic, "a", "ok-a6");
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.size() == 6);
			awaitCommit(4);
		}
		assertThat(this.deliveries.succeeded).containsSubsequence("flaky:1-a1", "ok-a2", "flaky:1-a5", "ok-a6")
			.containsSubsequence("flaky:1-a3", "ok-a4");
		assertThat(this.deliveries.values).hasSize(9);
		assertThat(this.deliveries.records).extracting(ConsumerRecord::topic).containsOnly(this.topic, second);
		assertThat(this.broker.topics()).noneMatch((name) -> name.endsWith("-parked-" + this.group + "-parked"));
	}

	@Test
	void callsTheHandlerOfAClassThatSuitsTheParkedRecord() {
		send(this.topic, "a", "flaky:1-a1");
		send(this.topic, "a", null);
		send(this.topic, "b", null);
		send(this.topic, "b", "ok-b2");
		try (ListenerApplication application = application(NO_LISTENER, Map.of(), Handlers.class)) {
			assertThat(application.container("main").isRunning()).isTrue();
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.size() == 4);
			awaitCommit(4);
		}
		assertThat(this.deliveries.succeeded).containsSubsequence("flaky:1-a1", "flaky:1-deleted")
			.containsSubsequence("flaky:1-deleted", "ok-b2");
		assertThat(this.deliveries.values).containsOnly("flaky:1-a1", "flaky:1-deleted", "ok-b2");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads come with Java 21")
	void retriesOnVirtualThreads() {
		send(this.topic, "a", "flaky:1-a1");
		send(this.topic, "a", "ok-a2");
		try (ListenerApplication application = application(NO_LISTENER,
				Map.of("spring.threads.virtual.enabled", "true"), Threads.class)) {
			Awaitility.await().atMost(LIMIT).until(() -> this.deliveries.succeeded.size() == 2);
			List<String> threads = application.bean(ThreadListener.class).threads;
			assertThat(threads).hasSize(3);
			assertThat(threads.subList(1, 3))
				.allMatch((thread) -> thread.startsWith("VirtualThreads kafka-guardrails-ordered-main-lane-"));
		}
		assertThat(this.deliveries.values).containsExactly("flaky:1-a1", "flaky:1-a1", "ok-a2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "classic", "consumer" })
	void goesOnAfterARestartOfAStaticMember(String protocol) {
		Map<String, Object> member = Map.of("spring.kafka.consumer.properties[group.instance.id]", "one",
				"spring.kafka.consumer.properties[group.protocol]", protocol);
		Map<String, Object> later = new HashMap<>(member);
		later.put("kafka.guardrails.listeners.main.retry.initial-interval", "1h");
		later.put("kafka.guardrails.listeners.main.retry.max-interval", "1h");
		send(this.topic, "a", "flaky:1-a1");
		send(this.topic, "a", "ok-a2");
		send(this.topic, "b", "ok-b1");
		try (ListenerApplication application = application("record", later)) {
			awaitCommit(3);
			assertThat(application.deliveries.values).containsExactly("flaky:1-a1", "ok-b1");
		}
		send(this.topic, "a", "ok-a3");
		try (ListenerApplication application = application("record", member)) {
			Awaitility.await().atMost(LIMIT).until(() -> application.deliveries.succeeded.size() == 4);
			awaitCommit(4);
		}
		assertThat(this.deliveries.values).containsExactly("flaky:1-a1", "ok-b1", "flaky:1-a1", "ok-a2", "ok-a3");
	}

	private ListenerApplication application(String listener, Map<String, Object> properties, Class<?>... more) {
		Map<String, Object> all = new HashMap<>(properties);
		all.put("kafka.guardrails.listeners.main.retry.mode", "ordered");
		return new ListenerApplication(this.deliveries, this.topic, this.group, listener, all, more);
	}

	private void awaitCommit(long offset) {
		Awaitility.await().atMost(LIMIT).until(() -> this.broker.committed(this.group, this.topic, 0) == offset);
	}

	private void send(String to, String key, @Nullable String value) {
		this.broker.send(new ProducerRecord<>(to, 0, key.getBytes(StandardCharsets.UTF_8),
				(value != null) ? value.getBytes(StandardCharsets.UTF_8) : null));
	}

	/** With a method for each kind of value. */
	static class Handlers {

		@Bean
		HandlerListener handlerListener(Deliveries deliveries) {
			return new HandlerListener(deliveries);
		}

	}

	/** A class as a listener. */
	@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}")
	static class HandlerListener {

		private final Deliveries deliveries;

		HandlerListener(Deliveries deliveries) {
			this.deliveries = deliveries;
		}

		@KafkaHandler
		void text(String value) {
			this.deliveries.deliver(value);
		}

		@KafkaHandler
		void deleted(@Payload(required = false) KafkaNull nothing) {
			this.deliveries.deliver("flaky:1-deleted");
		}

	}

	/** With a listener that keeps its threads. */
	static class Threads {

		@Bean
		ThreadListener threadListener(Deliveries deliveries) {
			return new ThreadListener(deliveries);
		}

	}

	/** Keeps group and name of its threads. */
	static class ThreadListener {

		final List<String> threads = new CopyOnWriteArrayList<>();

		private final Deliveries deliveries;

		ThreadListener(Deliveries deliveries) {
			this.deliveries = deliveries;
		}

		@KafkaListener(id = "main", idIsGroup = false, topics = "${test.topic}")
		void listen(String value) {
			Thread thread = Thread.currentThread();
			this.threads.add(thread.getThreadGroup().getName() + " " + thread.getName());
			this.deliveries.deliver(value);
		}

	}

}
