package io.github.kafkaguardrails.errorhandling;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareMessageListener;

import io.github.kafkaguardrails.broker.TestBroker;
import io.github.kafkaguardrails.errorhandling.deadletter.DeadLetterEnding;
import io.github.kafkaguardrails.errorhandling.orderedretry.OrderedRetryStrategy;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedFigures;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.DoorConsumer;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.OwnedLot;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.ParkedTopics;
import io.github.kafkaguardrails.errorhandling.stop.StopEnding;
import io.github.kafkaguardrails.errorhandling.topics.Connection;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;
import io.github.kafkaguardrails.errorhandling.topics.Provisioning;
import io.github.kafkaguardrails.errorhandling.topics.TopicTemplate;

/**
 * A container with ordered retry whose clock the test moves: what the auto-configuration
 * puts together, without an application around it. The listener does what the value of a
 * record says, see {@link ListenerApplication}.
 */
final class ClockedListener implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String ID = "main";

	private final String topic;

	private final String group;

	private final LeapClock clock;

	private final FailedRecordTopics topics = new FailedRecordTopics(Provisioning.CREATE, "clocked", Clock.systemUTC());

	private final ParkedKeys parked = new ParkedKeys();

	private final OrderedRetryStrategy strategy = new OrderedRetryStrategy(this.topics, false, () -> null, this.parked);

	private final AtomicInteger polls = new AtomicInteger();

	private final Map<String, Object> consumerConfig = new HashMap<>();

	private final ConcurrentMessageListenerContainer<String, String> container;

	private volatile @Nullable OwnedLot lot;

	private volatile boolean failsCommits;

	ClockedListener(String topic, String group, LeapClock clock, java.util.function.Consumer<String> listener,
			Map<String, Object> settings) {
		this.topic = topic;
		this.group = group;
		this.clock = clock;
		this.consumerConfig.put("bootstrap.servers", TestBroker.get().bootstrapServers());
		this.consumerConfig.put("group.id", group);
		this.consumerConfig.put("auto.offset.reset", "earliest");
		this.consumerConfig.put("enable.auto.commit", false);
		this.consumerConfig.put("metadata.max.age.ms", 300);
		this.container = container(listener, settings);
		this.container.start();
	}

	private ConcurrentMessageListenerContainer<String, String> container(java.util.function.Consumer<String> listener,
			Map<String, Object> settings) {
		DefaultKafkaConsumerFactory<String, String> consumers = new DefaultKafkaConsumerFactory<>(this.consumerConfig,
				new StringDeserializer(), new StringDeserializer());
		consumers.addPostProcessor(this::counting);
		ConcurrentKafkaListenerContainerFactory<String, String> factory = new ConcurrentKafkaListenerContainerFactory<>();
		factory.setConsumerFactory(consumers);
		ConcurrentMessageListenerContainer<String, String> made = factory.createContainer(this.topic);
		made.setBeanName(ID);
		made.setupMessageListener((ConsumerAwareMessageListener<String, String>) (record, consumer) -> {
			keepLot(record, consumer);
			listener.accept(record.value());
		});
		Map<String, Object> all = new HashMap<>(Map.of("listener.retry.mode", "ordered",
				"listener.retry.initial-interval", "20ms", "listener.retry.max-interval", "50ms"));
		settings.forEach((name, value) -> all.put("listener." + name, value));
		ErrorHandlingProperties properties = new Binder(new MapConfigurationPropertySource(all))
			.bind("listener", ErrorHandlingProperties.class)
			.get();
		new ErrorHandlingCustomizer(new ErrorHandlingSource(Map.of(ID, properties), Map.of()), true,
				(mode) -> this.strategy, this::ending, new FailedRecordListener() {
				}, new ErrorHandlingRegistry(), this.clock, null)
			.customize(made, factory, false);
		this.topics.provideNeeded();
		return made;
	}

	private EndingStrategy ending(Ending ending) {
		return (ending == Ending.STOP) ? new StopEnding() : new DeadLetterEnding(this.topics);
	}

	/** Lanes have no consumer of their own. */
	private void keepLot(ConsumerRecord<?, ?> record, @Nullable Consumer<?, ?> consumer) {
		if (consumer instanceof DoorConsumer<?, ?> door) {
			this.lot = door.lotOwner().lot(record.topic(), record.partition());
		}
	}

	@SuppressWarnings("unchecked") // the proxy hands everything to a consumer of this
									// type
	private Consumer<String, String> counting(Consumer<String, String> consumer) {
		return (Consumer<String, String>) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Consumer.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("poll")) {
						this.polls.incrementAndGet();
					}
					if (this.failsCommits && arguments != null
							&& arguments[arguments.length - 1] instanceof OffsetCommitCallback callback) {
						callback.onComplete(Map.of(), new RetriableCommitFailedException("for a while"));
						return null;
					}
					try {
						return method.invoke(consumer, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

	/** Let no commit of ordered retry reach the broker. */
	void failCommits(boolean fail) {
		this.failsCommits = fail;
	}

	/** Wait until the consumer has polled some more. */
	void awaitPolls() {
		int before = this.polls.get();
		Awaitility.await().atMost(LIMIT).until(() -> this.polls.get() >= before + 10);
	}

	boolean isRunning() {
		return this.container.isRunning();
	}

	ParkedFigures figures() {
		return this.parked.figures(ID);
	}

	ParkedKeys parked() {
		return this.parked;
	}

	/** Try the first record of the first parked key now. */
	void retryNow() {
		Awaitility.await()
			.atMost(LIMIT)
			.until(() -> this.parked.operate(ID, this.parked.keys(1).get(0).key(), ParkedKeys.Operation.RETRY_NOW));
	}

	/** What the lanes do every few minutes. */
	void cleanUp() {
		new ParkedTopics(this.topics, Connection.of(this.consumerConfig), new TopicTemplate("{topic}-{group}-parked"),
				this.group, this.clock)
			.cleanUp(List.of(Objects.requireNonNull(this.lot)));
	}

	@Override
	public void close() {
		this.container.stop();
		this.strategy.close();
		this.topics.close();
	}

}
