package io.github.kafkaguardrails.errorhandling;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Counts the deliveries of the records that fail at present. A partition whose records
 * are processed one after the other has at most one; where records are in flight side by
 * side the latest {@value #IN_FLIGHT} are kept. Safe for use by several threads.
 */
final class DeliveryAttempts {

	private static final int IN_FLIGHT = 1000;

	private final Map<TopicPartition, Map<Long, Attempts>> failing = new ConcurrentHashMap<>();

	private final int limit;

	DeliveryAttempts(boolean sideBySide) {
		this.limit = sideBySide ? IN_FLIGHT : 1;
	}

	/** Whether no record fails at present. Cheap: asked once for each healthy record. */
	boolean isEmpty() {
		return this.failing.isEmpty();
	}

	/** Note a failed delivery. */
	Attempts failed(TopicPartition partition, long offset, Instant now) {
		Attempts[] result = new Attempts[1];
		this.failing.compute(partition, (key, known) -> {
			Map<Long, Attempts> attempts = (known != null) ? known : new LinkedHashMap<>();
			Attempts before = attempts.remove(offset);
			result[0] = (before != null) ? before.next() : new Attempts(1, now);
			attempts.put(offset, result[0]);
			if (attempts.size() > this.limit) {
				attempts.remove(attempts.keySet().iterator().next());
			}
			return attempts;
		});
		return result[0];
	}

	/** The failed deliveries of a record so far, or {@code null} when there are none. */
	@Nullable Attempts of(TopicPartition partition, long offset) {
		Attempts[] result = new Attempts[1];
		this.failing.computeIfPresent(partition, (key, attempts) -> {
			result[0] = attempts.get(offset);
			return attempts;
		});
		return result[0];
	}

	/** Forget a record that does not fail any more. */
	void forget(TopicPartition partition, long offset) {
		this.failing.computeIfPresent(partition, (key, attempts) -> {
			attempts.remove(offset);
			return attempts.isEmpty() ? null : attempts;
		});
	}

	/**
	 * Failed deliveries of a record.
	 *
	 * @param count number of failed deliveries
	 * @param firstFailure when the first one failed
	 */
	record Attempts(int count, Instant firstFailure) {

		Attempts next() {
			return new Attempts(this.count + 1, this.firstFailure);
		}

	}

}
