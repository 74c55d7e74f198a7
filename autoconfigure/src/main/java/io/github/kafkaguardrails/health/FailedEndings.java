package io.github.kafkaguardrails.health;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.core.NestedExceptionUtils;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.FailedRecordListener;

/**
 * Remembers for each listener the last record that could not be ended, for example
 * because the dead-letter topic cannot be written. It is forgotten when a later record of
 * the listener is ended or forwarded, or when the record is processed after all.
 *
 * <p>
 * Keeps positions and class names only, no records, for at most {@value #MAX_LISTENERS}
 * failing listeners.
 *
 * @since 0.1.0
 */
public final class FailedEndings implements FailedRecordListener {

	private static final int MAX_LISTENERS = 256;

	private final Map<String, FailedEnding> byListener = new ConcurrentHashMap<>();

	@Override
	public void endingFailed(FailedRecord failed, Ending ending, Throwable reason, boolean stopped) {
		if (this.byListener.size() < MAX_LISTENERS || this.byListener.containsKey(failed.listenerId())) {
			this.byListener.put(failed.listenerId(), new FailedEnding(failed.toString(), failed.source().topic(),
					NestedExceptionUtils.getMostSpecificCause(reason).getClass().getName()));
		}
	}

	@Override
	public void ended(FailedRecord failed, Ending ending) {
		this.byListener.remove(failed.listenerId());
	}

	@Override
	public void forwarded(FailedRecord failed, String topic) {
		this.byListener.remove(failed.listenerId());
	}

	@Override
	public void recovered(String listenerId, ConsumerRecord<?, ?> record, int attempts) {
		this.byListener.computeIfPresent(listenerId,
				(id, failed) -> failed.position().equals(position(record)) ? null : failed);
	}

	/** By listener id, sorted. A copy. */
	Map<String, FailedEnding> byListener() {
		return new TreeMap<>(this.byListener);
	}

	private static String position(ConsumerRecord<?, ?> record) {
		return record.topic() + "-" + record.partition() + "@" + record.offset();
	}

	/**
	 * A record that could not be ended.
	 *
	 * @param position topic, partition and offset of the record
	 * @param sourceTopic topic that the record was written to first
	 * @param exception class name of the exception that prevented it
	 */
	record FailedEnding(String position, String sourceTopic, String exception) {

	}

}
