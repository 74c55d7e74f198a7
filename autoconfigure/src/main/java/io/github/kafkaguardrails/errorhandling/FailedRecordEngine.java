package io.github.kafkaguardrails.errorhandling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Carries a plan out for one container: counts deliveries, waits between them, ends
 * records. The container's callbacks ({@link ContainerErrorHandler},
 * {@link RollbackProcessor}) decide which offsets to go on from.
 *
 * <p>
 * Every method runs on a consumer thread; several consumers of a container share one
 * engine. A record can be ended at most {@value #MAX_ENDING_TRIES} times; if the last one
 * fails, the container stops.
 */
final class FailedRecordEngine {

	private static final int MAX_ENDING_TRIES = 3;

	private static final Duration ENDING_PAUSE = Duration.ofSeconds(1);

	private static final Log logger = LogFactory.getLog(FailedRecordEngine.class);

	private final ErrorHandlingPlan plan;

	private final DeliveryAttempts attempts;

	private final PolledPause pause;

	private final ThreadLocal<ConsumerRecords<?, ?>> delivered = ThreadLocal.withInitial(ConsumerRecords::empty);

	private final ContainerStopper stopper = new ContainerStopper();

	FailedRecordEngine(ErrorHandlingPlan plan, boolean sideBySide) {
		this.plan = plan;
		this.attempts = new DeliveryAttempts(sideBySide);
		this.pause = new PolledPause(plan.clock());
	}

	ErrorHandlingPlan plan() {
		return this.plan;
	}

	/** Note a failed delivery of a record. */
	FailedRecord failed(ConsumerRecord<?, ?> record, Exception exception) {
		DeliveryAttempts.Attempts count = this.attempts.failed(partition(record), record.offset(),
				this.plan.clock().instant());
		FailedRecord failed = this.plan.ending()
			.restore(new FailedRecord(record, exception, this.plan.listenerId(), this.plan.groupId(), count.count(),
					count.firstFailure(), SourcePosition.of(record)));
		this.plan.events().deliveryFailed(failed);
		return failed;
	}

	/** A record of a batch that failed as a whole, after its last attempt. */
	FailedRecord memberOfFailedBatch(ConsumerRecord<?, ?> record, Exception exception, int count) {
		DeliveryAttempts.Attempts known = this.attempts.of(partition(record), record.offset());
		return new FailedRecord(record, exception, this.plan.listenerId(), this.plan.groupId(), count,
				(known != null) ? known.firstFailure() : this.plan.clock().instant(), SourcePosition.of(record));
	}

	/** Whether the record is to be delivered again by this container. */
	boolean retries(FailedRecord failed) {
		return this.plan.inPlace() && this.plan.policy().retries(failed.attempts(), failed.cause());
	}

	/** The pause before the next delivery of a record. */
	Duration pauseAfter(FailedRecord failed) {
		Duration duration = this.plan.policy().pauseAfter(failed.attempts());
		logger.warn(String.format("Listener '%s' failed for %s, attempt %d of %d, next in %d ms: %s",
				this.plan.listenerId(), failed, failed.attempts(), this.plan.policy().maxAttempts(),
				duration.toMillis(), failed.cause().getClass().getName()));
		return duration;
	}

	/** Wait before the next delivery of a record. */
	void awaitRetry(FailedRecord failed, Consumer<?, ?> consumer, MessageListenerContainer container) {
		await(pauseAfter(failed), consumer, container);
	}

	/**
	 * Wait after a failure that no record is to blame for, so that it cannot become a hot
	 * loop.
	 */
	void awaitRecovery(Consumer<?, ?> consumer, MessageListenerContainer container) {
		await(ENDING_PAUSE, consumer, container);
	}

	private void await(Duration duration, Consumer<?, ?> consumer, MessageListenerContainer container) {
		this.pause.await(duration, consumer, container::isRunning);
		this.plan.events().waited(this.plan.listenerId(), duration);
	}

	void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.pause.onPartitionsAssigned(consumer, partitions);
	}

	/**
	 * End the handling of a record. Positions must stand before it: a failing ending
	 * waits, and partitions may be revoked meanwhile.
	 * @return whether the record is done; if not, it stays with its offset
	 */
	boolean end(FailedRecord failed, Consumer<?, ?> consumer, MessageListenerContainer container) {
		for (int tries = 1; container.isRunning() && consumer.assignment().contains(failed.topicPartition()); tries++) {
			try {
				return done(this.plan.ending().end(failed), failed, consumer, container);
			}
			catch (RuntimeException ex) {
				boolean last = tries >= MAX_ENDING_TRIES;
				logger.error(String.format("Listener '%s' could not end %s with %s, try %d of %d%s",
						this.plan.listenerId(), failed, this.plan.endingKind(), tries, MAX_ENDING_TRIES,
						last ? "; the listener stops, the offset stays before the record" : ""), ex);
				this.plan.events().endingFailed(failed, this.plan.endingKind(), ex, last);
				if (last) {
					stop(failed, consumer, container);
					return false;
				}
				this.pause.await(ENDING_PAUSE.multipliedBy(tries), consumer, container::isRunning);
			}
		}
		return false;
	}

	private boolean done(FailedRecordEnding.Outcome outcome, FailedRecord failed, Consumer<?, ?> consumer,
			MessageListenerContainer container) {
		if (outcome != FailedRecordEnding.Outcome.FORWARDED) {
			this.plan.events().ended(failed, this.plan.endingKind());
		}
		if (outcome == FailedRecordEnding.Outcome.STOP) {
			logger
				.error(String.format("Listener '%s' stops at %s after %d attempts; the offset stays before the record",
						this.plan.listenerId(), failed, failed.attempts()), failed.cause());
			stop(failed, consumer, container);
			return false;
		}
		this.attempts.forget(failed.topicPartition(), failed.record().offset());
		return true;
	}

	/**
	 * Nothing is delivered between the decision and the stop, and whoever starts the
	 * container again starts with all attempts.
	 */
	private void stop(FailedRecord failed, Consumer<?, ?> consumer, MessageListenerContainer container) {
		this.attempts.forget(failed.topicPartition(), failed.record().offset());
		consumer.pause(consumer.assignment());
		this.stopper.stop(container);
	}

	/** Somebody else looks after a record from now on. */
	void forget(FailedRecord failed) {
		this.attempts.forget(failed.topicPartition(), failed.record().offset());
	}

	/** Note what a batch listener is given: interceptors may have left records out. */
	void delivers(ConsumerRecords<?, ?> batch) {
		this.delivered.set(batch);
	}

	/** What the batch listener of this thread was given of a batch. */
	List<ConsumerRecord<?, ?>> delivered(List<ConsumerRecord<?, ?>> batch) {
		List<ConsumerRecord<?, ?>> given = new ArrayList<>();
		this.delivered.get().forEach(given::add);
		return given.isEmpty() ? batch : given;
	}

	/** Whether any record fails at present. */
	boolean anyFailing() {
		return !this.attempts.isEmpty();
	}

	/** Note that a record was processed. Cheap while no record fails. */
	void succeeded(ConsumerRecord<?, ?> record) {
		if (anyFailing()) {
			TopicPartition partition = partition(record);
			DeliveryAttempts.Attempts count = this.attempts.of(partition, record.offset());
			if (count != null) {
				this.attempts.forget(partition, record.offset());
				this.plan.events().recovered(this.plan.listenerId(), record, count.count() + 1);
			}
		}
	}

	/** The number of the next delivery of a record. */
	int nextAttempt(TopicPartition partition, @Nullable Long offset) {
		DeliveryAttempts.Attempts count = (offset != null) ? this.attempts.of(partition, offset) : null;
		return (count != null) ? count.count() + 1 : 1;
	}

	private static TopicPartition partition(ConsumerRecord<?, ?> record) {
		return new TopicPartition(record.topic(), record.partition());
	}

}
