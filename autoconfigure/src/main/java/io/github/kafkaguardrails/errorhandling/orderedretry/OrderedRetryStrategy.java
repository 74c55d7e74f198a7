package io.github.kafkaguardrails.errorhandling.orderedretry;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.util.ReflectionUtils;

import io.github.kafkaguardrails.errorhandling.AfterDeadLetter;
import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingStrategy;
import io.github.kafkaguardrails.errorhandling.FailedRecordDiverter;
import io.github.kafkaguardrails.errorhandling.FailedRecordEnding;
import io.github.kafkaguardrails.errorhandling.Guarantee;
import io.github.kafkaguardrails.errorhandling.ListenerContext;
import io.github.kafkaguardrails.errorhandling.OrderedSettings;
import io.github.kafkaguardrails.errorhandling.Refusals;
import io.github.kafkaguardrails.errorhandling.RetryMode;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.AfterEnding;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Limits;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.DoorConsumerFactory;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.LotCounters;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.LotSetup;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.ParkedTopics;
import io.github.kafkaguardrails.errorhandling.topics.Connection;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;
import io.github.kafkaguardrails.errorhandling.topics.TopicTemplate;

/**
 * Retry mode "ordered": a failing record leaves its partition for the parked topic and is
 * delivered again from there; later records of its key wait behind it, in order; all
 * other keys go on at full speed. The order of each key holds across crashes, rebalances
 * and restarts, and nothing is lost. After a crash records may be delivered again, and
 * then everything behind them of their key again, too, as Kafka itself does. Records
 * without a key are retried one by one. Costs one topic for each source and group, a
 * second offset commit while something is parked, and threads of its own for the retries,
 * so that the listener must allow several calls at a time. When a limit on parked records
 * is reached, when the parked topic cannot be written, or when one key after the other
 * fails, the partition blocks until that is over. When what is parked cannot be known any
 * more, the listener stops and its health is DOWN. Selected by
 * {@code retry.mode: ordered}; default 4 attempts with pauses of 1 s, 2 s and 4 s.
 *
 * @since 0.1.0
 */
public final class OrderedRetryStrategy implements ErrorHandlingStrategy, AutoCloseable {

	/** What Kafka assumes when nothing is set. */
	private static final Duration DEFAULT_MAX_POLL_INTERVAL = Duration.ofMinutes(5);

	private final FailedRecordTopics topics;

	private final boolean virtualThreads;

	private final Supplier<@Nullable ObservationRegistry> observations;

	private final ParkedKeys parkedKeys;

	private final Map<String, RetryLanes> lanes = new ConcurrentHashMap<>();

	/**
	 * The strategy.
	 * @param topics reads and writes records
	 * @param virtualThreads whether retries run on virtual threads
	 * @param observations where deliveries are observed, or nothing
	 * @param parkedKeys shows what is parked
	 */
	public OrderedRetryStrategy(FailedRecordTopics topics, boolean virtualThreads,
			Supplier<@Nullable ObservationRegistry> observations, ParkedKeys parkedKeys) {
		this.topics = topics;
		this.virtualThreads = virtualThreads;
		this.observations = observations;
		this.parkedKeys = parkedKeys;
	}

	@Override
	public RetryMode mode() {
		return RetryMode.ORDERED;
	}

	@Override
	public Set<Guarantee> guarantees() {
		return Set.of(Guarantee.ORDER_PER_KEY, Guarantee.NO_BLOCKING);
	}

	@Override
	public String cost() {
		return "A topic for each source and group, and a second offset commit while records are parked";
	}

	@Override
	public boolean retriesInPlace() {
		return false;
	}

	@Override
	public List<String> refusals(ListenerContext listener) {
		ContainerProperties properties = listener.container().getContainerProperties();
		return Refusals
			.ofSingleRecords(mode(), listener, "it commits the offsets itself", "whose offsets hold its state")
			.when(properties.getTopicPartitions() != null,
					"needs partitions that the group assigns, so that nobody else works on them",
					"name topics instead of topicPartitions")
			.when(autoCommit(listener.consumerConfig()),
					"cannot work with enable.auto.commit, which commits records that are not parked yet",
					"set spring.kafka.consumer.enable-auto-commit to false")
			.toList();
	}

	private static boolean autoCommit(Map<String, Object> config) {
		Object value = config.get(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG);
		return value != null && Boolean.parseBoolean(value.toString());
	}

	@Override
	public FailedRecordEnding prepare(ListenerContext listener, FailedRecordEnding ending) {
		this.topics.need(Connection.of(listener.consumerConfig()), listener, template(listener));
		return ending;
	}

	@Override
	public Predicate<String> ownTopics(ListenerContext listener) {
		return template(listener).names(listener.groupName());
	}

	private static TopicTemplate template(ListenerContext listener) {
		return new TopicTemplate(listener.settings().ordered().topic());
	}

	@Override
	public FailedRecordDiverter diverter(ListenerContext listener, FailedRecordEnding ending) {
		return install(listener, ending, listener.container());
	}

	@SuppressWarnings("unchecked") // the listener was set on a container of this type
	private <K, V> FailedRecordDiverter install(ListenerContext listener, FailedRecordEnding ending,
			AbstractMessageListenerContainer<K, V> container) {
		MessageListener<K, V> delegate = (MessageListener<K, V>) Objects
			.requireNonNull(container.getContainerProperties().getMessageListener());
		ParkedTopics parked = new ParkedTopics(this.topics, Connection.of(listener.consumerConfig()),
				template(listener), listener.groupName(), listener.clock());
		OpenObservation observation = new OpenObservation(container, delegate, this.observations);
		RetryLanes lanes = new RetryLanes(listener,
				new LaneDelivery<>(listener, ending, new ListenerCall<>(container, delegate, observation)), parked,
				this.virtualThreads);
		Predicate<String> passed = passed(listener);
		LotCounters counters = new LotCounters();
		LotSetup setup = new LotSetup(parked, limits(listener.settings().ordered()), afterEnding(listener),
				listener.policy(), passed, maxPollInterval(listener.consumerConfig()), lanes, counters,
				listener.clock());
		RoutingListener<K, V> router = new RoutingListener<>(delegate, listener, ending, parked, observation);
		container.setupMessageListener(router);
		replaceConsumerFactory(container, setup);
		this.lanes.put(listener.id(), lanes);
		this.parkedKeys.add(new ParkedKeys.OrderedListener(listener, lanes, router, counters));
		return router;
	}

	/**
	 * A topic pattern may match the topics of error handling; their records are passed
	 * over.
	 */
	private Predicate<String> passed(ListenerContext listener) {
		TopicTemplate deadLetters = new TopicTemplate(listener.settings().deadLetterTopic());
		return (listener.pattern() != null) ? ownTopics(listener).or(deadLetters.names(listener.groupName()))
				: (topic) -> false;
	}

	private static Limits limits(OrderedSettings settings) {
		return new Limits(settings.maxParkedRecords(), settings.maxParkedBytes().toBytes(), Limits.DEFAULT.window(),
				Limits.DEFAULT.followers());
	}

	private static AfterEnding afterEnding(ListenerContext listener) {
		return (listener.settings().ending() == Ending.DEAD_LETTER
				&& listener.settings().ordered().afterDeadLetter() == AfterDeadLetter.PARK) ? AfterEnding.PARK
						: AfterEnding.RELEASE;
	}

	private static Duration maxPollInterval(Map<String, Object> config) {
		Object value = config.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
		return (value != null) ? Duration.ofMillis(Long.parseLong(value.toString())) : DEFAULT_MAX_POLL_INTERVAL;
	}

	/**
	 * A post-processor of the application's consumer factory could not tell this
	 * listener's consumers from those of others; so the container gets a factory of its
	 * own.
	 */
	@SuppressWarnings("unchecked") // the field is of this type
	private static <K, V> void replaceConsumerFactory(AbstractMessageListenerContainer<K, V> container,
			LotSetup setup) {
		Field field = Objects
			.requireNonNull(ReflectionUtils.findField(AbstractMessageListenerContainer.class, "consumerFactory"));
		ReflectionUtils.makeAccessible(field);
		ConsumerFactory<K, V> factory = (ConsumerFactory<K, V>) Objects
			.requireNonNull(ReflectionUtils.getField(field, container));
		ReflectionUtils.setField(field, container, new DoorConsumerFactory<>(factory, setup));
	}

	@Override
	public void close() {
		this.lanes.values().forEach(RetryLanes::close);
	}

}
