package io.github.kafkaguardrails.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.core.NestedExceptionUtils;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.FailedRecordListener;

/**
 * Counts what happens to failing records. Costs nothing while no record fails. A meter
 * appears with its first event. The registry is not needed before it is bound; events
 * before that are not counted.
 *
 * <p>
 * Exceptions appear with their simple class name, at most {@value BoundedNames#MAX_NAMES}
 * of them for each listener; further ones are counted as {@value BoundedNames#OTHER}.
 *
 * @since 0.1.0
 */
public final class FailedRecordMetrics implements FailedRecordListener, MeterBinder {

	private final CompositeMeterRegistry registry = new CompositeMeterRegistry();

	private final Map<CounterKey, Counter> counters = new ConcurrentHashMap<>();

	private final Map<String, Timer> backOffs = new ConcurrentHashMap<>();

	private final Map<String, BoundedNames> exceptions = new ConcurrentHashMap<>();

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registry.add(registry);
	}

	@Override
	public void deliveryFailed(FailedRecord failed) {
		count(KafkaGuardrailsMeter.DELIVERIES_FAILED, failed.listenerId(),
				exception(failed.listenerId(), failed.cause()));
	}

	@Override
	public void waited(String listenerId, Duration pause) {
		if (bound()) {
			this.backOffs
				.computeIfAbsent(listenerId, (id) -> KafkaGuardrailsMeter.BACKOFF.timer(this.registry, List.of(id)))
				.record(pause);
		}
	}

	@Override
	public void recovered(String listenerId, ConsumerRecord<?, ?> record, int attempts) {
		count(KafkaGuardrailsMeter.RECORDS_RECOVERED, listenerId);
	}

	@Override
	public void forwarded(FailedRecord failed, String topic) {
		count(KafkaGuardrailsMeter.RECORDS_FORWARDED, failed.listenerId());
	}

	@Override
	public void ended(FailedRecord failed, Ending ending) {
		count(KafkaGuardrailsMeter.RECORDS_ENDED, failed.listenerId(), label(ending),
				exception(failed.listenerId(), failed.cause()));
	}

	@Override
	public void endingFailed(FailedRecord failed, Ending ending, Throwable reason, boolean stopped) {
		count(KafkaGuardrailsMeter.ENDINGS_FAILED, failed.listenerId(), label(ending),
				exception(failed.listenerId(), NestedExceptionUtils.getMostSpecificCause(reason)));
	}

	private boolean bound() {
		return !this.registry.getRegistries().isEmpty();
	}

	private void count(KafkaGuardrailsMeter meter, String... tagValues) {
		if (!bound()) {
			return;
		}
		CounterKey key = new CounterKey(meter, List.of(tagValues));
		this.counters.computeIfAbsent(key, (missing) -> meter.counter(this.registry, missing.tagValues())).increment();
	}

	private String exception(String listenerId, Throwable exception) {
		return this.exceptions.computeIfAbsent(listenerId, (id) -> new BoundedNames())
			.bounded(simpleName(exception.getClass()));
	}

	private static String simpleName(Class<?> type) {
		String name = type.getSimpleName();
		return name.isEmpty() ? "anonymous" : name;
	}

	private static String label(Ending ending) {
		return ending.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private record CounterKey(KafkaGuardrailsMeter meter, List<String> tagValues) {

	}

}
