package io.github.kafkaguardrails.errorhandling.orderedretry;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.DelegatingMessageListener;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.adapter.AbstractDelegatingMessageListenerAdapter;
import org.springframework.kafka.support.Acknowledgment;

import io.github.kafkaguardrails.errorhandling.DeferredDeliveryException;
import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.FailedRecordDiverter;
import io.github.kafkaguardrails.errorhandling.FailedRecordEnding;
import io.github.kafkaguardrails.errorhandling.ListenerContext;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.OutageBreaker;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Route;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Standing;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.DoorConsumer;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.LotOwner;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.OwnedLot;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.ParkedSource;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.ParkedTopics;

/**
 * The main path: asks the lot of a partition what to do with each record, and parks those
 * that fail or whose key is parked. While nothing is parked a record costs one look at a
 * flag. Runs on consumer threads.
 *
 * @param <K> key type
 * @param <V> value type
 */
final class RoutingListener<K, V> extends AbstractDelegatingMessageListenerAdapter<MessageListener<K, V>>
		implements AcknowledgingConsumerAwareMessageListener<K, V>, FailedRecordDiverter {

	/** Keys that fail one after the other until it is taken for an outage. */
	private static final int OUTAGE_KEYS = 10;

	/** How long the main path waits for a lane before it polls again. */
	private static final Duration MAX_WAIT = Duration.ofSeconds(1);

	private static final Log logger = LogFactory.getLog(RoutingListener.class);

	private final ListenerContext listener;

	private final FailedRecordEnding ending;

	private final ParkedTopics topics;

	private final OpenObservation observation;

	private final OutageBreaker breaker = new OutageBreaker(OUTAGE_KEYS);

	private final LongAdder keyless = new LongAdder();

	private volatile @Nullable String warned;

	private volatile boolean drainOnly;

	/** Set while the record that this thread is at must wait. */
	private final ThreadLocal<Boolean> blocks = ThreadLocal.withInitial(() -> false);

	RoutingListener(MessageListener<K, V> delegate, ListenerContext listener, FailedRecordEnding ending,
			ParkedTopics topics, OpenObservation observation) {
		super(delegate);
		this.listener = listener;
		this.ending = ending;
		this.topics = topics;
		this.observation = observation;
	}

	/**
	 * The container looks at the innermost listener to know what to call. Here it must
	 * hand over the consumer, also when the listener does not want it.
	 */
	@Override
	public MessageListener<K, V> getDelegate() {
		Object innermost = this.delegate;
		while (innermost instanceof DelegatingMessageListener<?> wrapper) {
			innermost = wrapper.getDelegate();
		}
		// not this itself, which is unwrapped for ever
		AcknowledgingConsumerAwareMessageListener<K, V> all = (record, acknowledgment, consumer) -> onMessage(record,
				acknowledgment, consumer);
		return (innermost instanceof AcknowledgingConsumerAwareMessageListener) ? this.delegate : all;
	}

	@Override
	public void onMessage(ConsumerRecord<K, V> record, @Nullable Acknowledgment acknowledgment,
			@Nullable Consumer<?, ?> consumer) {
		LotOwner owner = DoorConsumer.ownerOf(Objects.requireNonNull(consumer));
		OwnedLot lot = owner.lot(record.topic(), record.partition());
		if (lot == null) {
			throw defer(record);
		}
		if (record.key() == null && record.serializedKeySize() < 0) {
			this.keyless.increment();
		}
		if (lot.lot().isIdle()) {
			lot.lot().route(null, record.offset());
			deliver(record, acknowledgment, consumer, lot);
			return;
		}
		if (lot.isBlocked()) {
			throw defer(record);
		}
		byte[] key = owner.key(record);
		switch (route(lot, key, record)) {
			case DIRECT -> deliver(record, acknowledgment, consumer, lot);
			case ALREADY_PARKED -> {
				if (!isTheSame(record, lot.lot().parkedAt(key, record.offset()))) {
					divert(record, lot);
				}
				passed(acknowledgment);
			}
			case DIVERT -> {
				divert(record, lot);
				passed(acknowledgment);
			}
			case DEAD_LETTER -> {
				deadLetter(record, lot);
				passed(acknowledgment);
			}
			case WAIT -> throw defer(record);
		}
	}

	/**
	 * The container has an observation open for a record that the listener does not see.
	 */
	private void passed(@Nullable Acknowledgment acknowledgment) {
		this.observation.stop();
		if (acknowledgment != null) {
			acknowledgment.acknowledge();
		}
	}

	private Route route(OwnedLot lot, byte @Nullable [] key, ConsumerRecord<?, ?> record) {
		Route route = lot.lot().route(key, record.offset());
		try {
			if (route == Route.WAIT && lot.lot().awaitRoute(key, record.offset(), MAX_WAIT)) {
				return lot.lot().route(key, record.offset());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return route;
	}

	/** Offsets are used again when a topic was made anew or has lost its end. */
	private static boolean isTheSame(ConsumerRecord<?, ?> record, List<ParkedSource> parked) {
		for (ParkedSource candidate : parked) {
			if (candidate.timestamp() == record.timestamp()
					&& candidate.hasSizes(record.serializedKeySize(), record.serializedValueSize())) {
				return true;
			}
		}
		return false;
	}

	private void divert(ConsumerRecord<?, ?> record, OwnedLot lot) {
		ParkedSource source = lot.owner().source(record);
		Optional<String> objection = objection(lot, source);
		if (objection.isPresent() || !lot.owner().park(lot, ParkedRecord.follower(source))) {
			logger.debug(record.topic() + "-" + record.partition() + "@" + record.offset()
					+ " waits for its turn to be parked: " + objection.orElse("it could not be sent"));
			throw defer(record);
		}
	}

	/** Its key is dead and nothing of it is in between. */
	private void deadLetter(ConsumerRecord<?, ?> record, OwnedLot lot) {
		ParkedSource source = lot.owner().source(record);
		FailedRecord failed = ParkedFailures.follower(source, this.listener);
		try {
			this.ending.end(failed);
		}
		catch (RuntimeException ex) {
			this.listener.events().endingFailed(failed, Ending.DEAD_LETTER, ex, false);
			throw defer(record);
		}
		this.listener.events().ended(failed, Ending.DEAD_LETTER);
	}

	private DeferredDeliveryException defer(ConsumerRecord<?, ?> record) {
		this.blocks.set(true);
		this.observation.stop();
		return new DeferredDeliveryException(new TopicPartition(record.topic(), record.partition()));
	}

	private void deliver(ConsumerRecord<K, V> record, @Nullable Acknowledgment acknowledgment,
			@Nullable Consumer<?, ?> consumer, OwnedLot lot) {
		try {
			switch (this.delegateType) {
				case ACKNOWLEDGING_CONSUMER_AWARE -> this.delegate.onMessage(record, acknowledgment, consumer);
				case ACKNOWLEDGING -> this.delegate.onMessage(record, acknowledgment);
				case CONSUMER_AWARE -> this.delegate.onMessage(record, consumer);
				case SIMPLE -> this.delegate.onMessage(record);
			}
		}
		catch (RuntimeException ex) {
			this.blocks.set(mustBlock(record, ex, lot));
			throw ex;
		}
		this.breaker.succeeded();
	}

	private boolean mustBlock(ConsumerRecord<K, V> record, RuntimeException failure, OwnedLot lot) {
		ParkedSource source;
		try {
			source = lot.owner().source(record);
		}
		catch (RuntimeException ex) {
			logger.warn("A failed record cannot be parked", ex);
			return true;
		}
		boolean retryable = this.listener.policy().retries(0, failure);
		if (retryable && this.breaker.failed(source.key(), record.offset())) {
			warn("Listener '" + this.listener.id() + "' fails for one key after the other: nothing is parked and "
					+ source + " blocks until it succeeds");
			return true;
		}
		Optional<String> objection = objection(lot, source);
		objection.ifPresent(
				(reason) -> warn("Listener '" + this.listener.id() + "' blocks at " + source + ", because " + reason));
		return objection.isPresent();
	}

	/** Once, however often the record is tried. */
	private void warn(String message) {
		if (!message.equals(this.warned)) {
			this.warned = message;
			logger.warn(message);
		}
	}

	/**
	 * Why a record cannot be parked; the parked topic is looked at again now and then.
	 */
	private Optional<String> objection(OwnedLot lot, ParkedSource source) {
		if (this.drainOnly) {
			return Optional.of("nothing more is to be parked");
		}
		Optional<String> objection = lot.owner().objection(lot, source);
		if (objection.isPresent()) {
			this.topics.lookAgain(source);
			return lot.owner().objection(lot, source);
		}
		return objection;
	}

	/** Whether nothing more is parked, so that what is parked becomes less. */
	void drainOnly(boolean drainOnly) {
		this.drainOnly = drainOnly;
	}

	/** Whether one key after the other fails. */
	boolean isOutage() {
		return this.breaker.isOpen();
	}

	/** Deliveries of records that are stored without a key. */
	long keyless() {
		return this.keyless.sum();
	}

	boolean isDrainOnly() {
		return this.drainOnly;
	}

	// what the error handler asks

	@Override
	public boolean blocks() {
		return this.blocks.get();
	}

	@Override
	public void setBack() {
		this.blocks.set(false);
	}

	@Override
	public boolean divert(FailedRecord failed, Consumer<?, ?> consumer) {
		LotOwner owner = DoorConsumer.ownerOf(consumer);
		OwnedLot lot = owner.lot(failed.record().topic(), failed.record().partition());
		if (lot == null) {
			return false;
		}
		ParkedSource source = owner.source(failed);
		// a record that could not be deserialized was not routed before
		Route route = lot.lot().route(source.key(), source.offset());
		return switch (route) {
			case ALREADY_PARKED -> true;
			case WAIT -> false;
			case DIVERT -> objection(lot, source).isEmpty() && owner.park(lot, ParkedRecord.follower(source));
			case DEAD_LETTER, DIRECT -> park(failed, source, lot, route == Route.DEAD_LETTER);
		};
	}

	private boolean park(FailedRecord failed, ParkedSource source, OwnedLot lot, boolean keyIsDead) {
		source.failed(failed.cause());
		boolean retries = !keyIsDead && this.listener.policy().retries(failed.attempts(), failed.cause());
		Ending ending = this.listener.settings().ending();
		if (!retries && ending == Ending.SKIP) {
			this.listener.events().ended(failed, ending);
			logger.warn(ParkedFailures.skipped(this.listener, failed));
			return true;
		}
		if (objection(lot, source).isPresent()) {
			return false;
		}
		long pause = retries ? this.listener.policy().pauseAfter(failed.attempts()).toMillis() : 0;
		Standing standing = retries ? Standing.WAITING : (ending == Ending.STOP) ? Standing.STOPPED : Standing.ENDING;
		if (standing == Standing.ENDING) {
			source.failedLast(failed.exception());
		}
		if (!lot.owner()
			.park(lot, new ParkedRecord<>(source, failed.attempts(), failed.firstFailure().toEpochMilli(),
					this.listener.clock().millis() + pause, standing))) {
			return false;
		}
		logger.warn(ParkedFailures.parked(this.listener, failed, source, retries ? pause : -1));
		this.listener.events().forwarded(failed, lot.parked().topic());
		if (standing == Standing.STOPPED) {
			this.listener.events().ended(failed, ending);
		}
		return true;
	}

}
