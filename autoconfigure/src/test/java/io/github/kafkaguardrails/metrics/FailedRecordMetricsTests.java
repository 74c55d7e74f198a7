package io.github.kafkaguardrails.metrics;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.TestFailures;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link FailedRecordMetrics}. */
class FailedRecordMetricsTests {

	/** Tested with those who register them. */
	private static final String OF_PARKED_KEYS = "kafka.guardrails.parked.";

	private static final Set<KafkaGuardrailsMeter> OF_FINDINGS = EnumSet.of(KafkaGuardrailsMeter.FINDINGS,
			KafkaGuardrailsMeter.FINDINGS_APPEARED);

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final FailedRecordMetrics metrics = bound(this.registry);

	@Test
	void showsNothingWhileNoRecordFails() {
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void countsFailedDeliveriesByWhatTheListenerThrew() {
		this.metrics.deliveryFailed(failed(new IllegalStateException()));
		this.metrics.deliveryFailed(failed(new IllegalStateException()));
		this.metrics.deliveryFailed(failed(new IllegalArgumentException()));
		assertThat(counter("kafka.guardrails.deliveries.failed", "listener", "billing-listener", "exception",
				"IllegalStateException")
			.count()).isEqualTo(2);
		assertThat(counter("kafka.guardrails.deliveries.failed", "exception", "IllegalArgumentException").count())
			.isEqualTo(1);
	}

	@Test
	void timesBackOff() {
		this.metrics.waited("billing-listener", Duration.ofSeconds(2));
		this.metrics.waited("billing-listener", Duration.ofSeconds(3));
		Timer timer = this.registry.get("kafka.guardrails.backoff").tag("listener", "billing-listener").timer();
		assertThat(timer.count()).isEqualTo(2);
		assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(5);
	}

	@Test
	void countsRecoveriesAndForwardedRecords() {
		this.metrics.recovered("billing-listener", TestFailures.record(7), 2);
		this.metrics.forwarded(failed(new IllegalStateException()), "orders-billing-retry");
		assertThat(counter("kafka.guardrails.records.recovered", "listener", "billing-listener").count()).isEqualTo(1);
		assertThat(counter("kafka.guardrails.records.forwarded", "listener", "billing-listener").count()).isEqualTo(1);
	}

	@Test
	void countsEveryEndingByItselfAndByCause() {
		for (Ending ending : Ending.values()) {
			this.metrics.ended(failed(new IllegalStateException()), ending);
		}
		for (String ending : List.of("dead-letter", "skip", "stop")) {
			assertThat(counter("kafka.guardrails.records.ended", "listener", "billing-listener", "ending", ending,
					"exception", "IllegalStateException")
				.count()).isEqualTo(1);
		}
	}

	@Test
	void countsFailedEndingsByWhatPreventedThem() {
		Throwable reason = new KafkaException("send failed", new TimeoutException());
		this.metrics.endingFailed(failed(new IllegalStateException()), Ending.DEAD_LETTER, reason, false);
		assertThat(counter("kafka.guardrails.endings.failed", "ending", "dead-letter", "exception", "TimeoutException")
			.count()).isEqualTo(1);
	}

	@Test
	void namesAnonymousExceptions() {
		this.metrics.deliveryFailed(failed(new IllegalStateException() {
		}));
		assertThat(counter("kafka.guardrails.deliveries.failed", "exception", "anonymous").count()).isEqualTo(1);
	}

	@Test
	void boundsTheDistinctExceptionsOfAListener() {
		BoundedNames names = new BoundedNames();
		for (int i = 0; i < BoundedNames.MAX_NAMES; i++) {
			assertThat(names.bounded("Exception" + i)).isEqualTo("Exception" + i);
		}
		assertThat(names.bounded("OneTooMany")).isEqualTo("other");
		assertThat(names.bounded("Exception0")).isEqualTo("Exception0");
	}

	@Test
	void registersAMeterOnce() {
		this.metrics.deliveryFailed(failed(new IllegalStateException()));
		int[] lookUps = new int[1];
		this.registry.config().meterFilter(new MeterFilter() {

			@Override
			public Meter.Id map(Meter.Id id) {
				lookUps[0]++;
				return id;
			}

		});
		this.metrics.deliveryFailed(failed(new IllegalStateException()));
		assertThat(lookUps[0]).isZero();
		this.metrics.deliveryFailed(failed(new IllegalArgumentException()));
		assertThat(lookUps[0]).isPositive();
	}

	@Test
	void takesEventsBeforeARegistryIsThere() {
		FailedRecordMetrics early = new FailedRecordMetrics();
		early.deliveryFailed(failed(new IllegalStateException()));
		SimpleMeterRegistry late = new SimpleMeterRegistry();
		early.bindTo(late);
		early.deliveryFailed(failed(new IllegalStateException()));
		assertThat(late.get("kafka.guardrails.deliveries.failed").counter().count()).isEqualTo(1);
	}

	@Test
	void everyMeterOfFailedRecordsCarriesExactlyTheTagsOfTheEnum() {
		this.metrics.deliveryFailed(failed(new IllegalStateException()));
		this.metrics.waited("billing-listener", Duration.ofSeconds(1));
		this.metrics.recovered("billing-listener", TestFailures.record(7), 2);
		this.metrics.forwarded(failed(new IllegalStateException()), "orders-billing-retry");
		this.metrics.ended(failed(new IllegalStateException()), Ending.SKIP);
		this.metrics.endingFailed(failed(new IllegalStateException()), Ending.SKIP, new TimeoutException(), true);
		for (KafkaGuardrailsMeter meter : KafkaGuardrailsMeter.values()) {
			if (!OF_FINDINGS.contains(meter) && !meter.meterName().startsWith(OF_PARKED_KEYS)) {
				Meter.Id id = this.registry.get(meter.meterName()).meter().getId();
				assertThat(id.getTags()).extracting("key").containsExactlyInAnyOrderElementsOf(meter.tags());
				assertThat(id.getType()).isEqualTo(meter.type());
				assertThat(id.getBaseUnit()).isEqualTo((meter.type() == Meter.Type.TIMER) ? "seconds" : null);
				assertThat(id.getDescription()).isEqualTo(meter.meaning());
			}
		}
	}

	private Counter counter(String name, String... tags) {
		return this.registry.get(name).tags(tags).counter();
	}

	private static FailedRecordMetrics bound(MeterRegistry registry) {
		FailedRecordMetrics metrics = new FailedRecordMetrics();
		metrics.bindTo(registry);
		return metrics;
	}

	private static FailedRecord failed(Exception cause) {
		return TestFailures.failed("billing-listener", 7, cause);
	}

}
