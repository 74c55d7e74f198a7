package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.FailedRecordListener;

/**
 * Tells all listeners. They are looked up once, when the first record fails: meters must
 * not be created while the application is being wired. A listener that throws harms
 * neither the others nor the record.
 */
final class FailedRecordListeners implements FailedRecordListener {

	private static final Log logger = LogFactory.getLog(FailedRecordListeners.class);

	private final ObjectProvider<FailedRecordListener> beans;

	private volatile @Nullable List<FailedRecordListener> listeners;

	FailedRecordListeners(ObjectProvider<FailedRecordListener> beans) {
		this.beans = beans;
	}

	@Override
	public void deliveryFailed(FailedRecord failed) {
		tell((listener) -> listener.deliveryFailed(failed));
	}

	@Override
	public void waited(String listenerId, Duration pause) {
		tell((listener) -> listener.waited(listenerId, pause));
	}

	@Override
	public void recovered(String listenerId, ConsumerRecord<?, ?> record, int attempts) {
		tell((listener) -> listener.recovered(listenerId, record, attempts));
	}

	@Override
	public void forwarded(FailedRecord failed, String topic) {
		tell((listener) -> listener.forwarded(failed, topic));
	}

	@Override
	public void ended(FailedRecord failed, Ending ending) {
		tell((listener) -> listener.ended(failed, ending));
	}

	@Override
	public void endingFailed(FailedRecord failed, Ending ending, Throwable reason, boolean stopped) {
		tell((listener) -> listener.endingFailed(failed, ending, reason, stopped));
	}

	private void tell(Consumer<FailedRecordListener> event) {
		for (FailedRecordListener listener : listeners()) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException ex) {
				logger.warn("A listener for failed records failed", ex);
			}
		}
	}

	/** Found when the first record fails; they are the same whoever finds them. */
	private List<FailedRecordListener> listeners() {
		List<FailedRecordListener> known = this.listeners;
		if (known == null) {
			known = List.copyOf(this.beans.orderedStream().toList());
			this.listeners = known;
		}
		return known;
	}

}
