package io.github.kafkaguardrails;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingSettings;
import io.github.kafkaguardrails.errorhandling.FailedRecordListener;
import io.github.kafkaguardrails.errorhandling.ListenerContext;
import io.github.kafkaguardrails.errorhandling.RetryPolicy;

/** Kinds of listeners that a retry mode takes or refuses. */
enum ListenerKind {

	/** One record at a time. */
	RECORD("record listener, automatic or manual acknowledgement", "billing", null, false, false, false),

	/** Many records at a time. */
	BATCH("batch listener", "billing", null, true, false, false),

	/** In a transaction. */
	TRANSACTIONAL("listener in a transactional container", "billing", null, false, true, false),

	/** Out of order. */
	ASYNCHRONOUS("asynchronous listener (`CompletableFuture`, `Mono`, `async-acks`)", "billing", null, false, false,
			true),

	/** Topics by their names. */
	PATTERN("listener with a `topicPattern`", "billing", Pattern.compile("orders.*"), false, false, false),

	/** Partitions assigned by hand. */
	NO_GROUP("listener without a group", null, null, false, false, false);

	private final String text;

	private final @Nullable String group;

	@SuppressWarnings("ImmutableEnumChecker") // it is
	private final @Nullable Pattern pattern;

	private final boolean batch;

	private final boolean transactional;

	private final boolean asynchronous;

	ListenerKind(String text, @Nullable String group, @Nullable Pattern pattern, boolean batch, boolean transactional,
			boolean asynchronous) {
		this.text = text;
		this.group = group;
		this.pattern = pattern;
		this.batch = batch;
		this.transactional = transactional;
		this.asynchronous = asynchronous;
	}

	String text() {
		return this.text;
	}

	/** A listener of this kind. */
	ListenerContext listener() {
		ConcurrentKafkaListenerContainerFactory<Object, Object> factory = new ConcurrentKafkaListenerContainerFactory<>();
		factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(Map.of()));
		ConcurrentMessageListenerContainer<Object, Object> container = factory.createContainer("orders");
		container.setupMessageListener(this.batch ? (BatchMessageListener<?, ?>) (records) -> {
		} : (MessageListener<?, ?>) (record) -> {
		});
		ErrorHandlingSettings settings = ErrorHandlingSettings.of(List.of());
		return new ListenerContext("orders", this.group, factory, container, Map.of(), List.of("orders"), this.pattern,
				this.batch, this.transactional, this.asynchronous, settings, new RetryPolicy(settings, null, () -> 0.5),
				new FailedRecordListener() {
				}, Clock.systemUTC());
	}

}
