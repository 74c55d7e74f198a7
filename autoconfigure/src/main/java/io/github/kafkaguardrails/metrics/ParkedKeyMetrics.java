package io.github.kafkaguardrails.metrics;

import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedFigures;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;

/**
 * Shows what ordered retry has parked and what it did for that, for each listener that
 * uses it.
 *
 * @since 0.1.0
 */
public final class ParkedKeyMetrics implements MeterBinder {

	private static final double MILLIS = 1000;

	private final ParkedKeys parkedKeys;

	public ParkedKeyMetrics(ParkedKeys parkedKeys) {
		this.parkedKeys = parkedKeys;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.parkedKeys.watch((listener) -> {
			gauges(registry, listener);
			counters(registry, listener);
		});
	}

	private void gauges(MeterRegistry registry, String listener) {
		gauge(registry, KafkaGuardrailsMeter.PARKED_RECORDS, ParkedFigures::records, listener);
		gauge(registry, KafkaGuardrailsMeter.PARKED_KEYS,
				(figures) -> figures.keys() - figures.stoppedKeys() - figures.deadKeys(), listener, "retry");
		gauge(registry, KafkaGuardrailsMeter.PARKED_KEYS, ParkedFigures::stoppedKeys, listener, "operator");
		gauge(registry, KafkaGuardrailsMeter.PARKED_KEYS, ParkedFigures::deadKeys, listener, "dead");
		gauge(registry, KafkaGuardrailsMeter.PARKED_BYTES, ParkedFigures::bytes, listener);
		gauge(registry, KafkaGuardrailsMeter.PARKED_OLDEST, (figures) -> figures.oldestMillis() / MILLIS, listener);
		gauge(registry, KafkaGuardrailsMeter.PARKED_WINDOW, ParkedFigures::window, listener);
		gauge(registry, KafkaGuardrailsMeter.PARKED_BACKLOG, ParkedFigures::backlog, listener);
		gauge(registry, KafkaGuardrailsMeter.PARKED_COMMIT_HELD, (figures) -> figures.heldMillis() / MILLIS, listener);
		gauge(registry, KafkaGuardrailsMeter.PARKED_OUTAGE, (figures) -> figures.outage() ? 1 : 0, listener);
	}

	private void counters(MeterRegistry registry, String listener) {
		List<String> tags = List.of(listener);
		KafkaGuardrailsMeter.PARKED_REBUILD.timer(registry, this.parkedKeys,
				(keys) -> keys.counters(listener).takeOvers(), (keys) -> keys.counters(listener).takeOverMillis(),
				tags);
		KafkaGuardrailsMeter.PARKED_GATE_HOLDS.counter(registry, this.parkedKeys,
				(keys) -> keys.counters(listener).gateHolds(), tags);
		KafkaGuardrailsMeter.PARKED_RENEWALS.counter(registry, this.parkedKeys,
				(keys) -> keys.counters(listener).renewals(), tags);
	}

	private void gauge(MeterRegistry registry, KafkaGuardrailsMeter meter, ToDoubleFunction<ParkedFigures> value,
			String... tags) {
		String listener = tags[0];
		meter.gauge(registry, this.parkedKeys, (keys) -> value.applyAsDouble(keys.figures(listener)), List.of(tags));
	}

}
