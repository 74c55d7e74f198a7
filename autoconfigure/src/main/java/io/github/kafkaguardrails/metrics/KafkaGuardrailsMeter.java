package io.github.kafkaguardrails.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;

/**
 * Every meter of Kafka Guardrails. Names and tags are API: dashboards and alerts refer to
 * them.
 *
 * @since 0.1.0
 */
public enum KafkaGuardrailsMeter {

	/** Failed deliveries. */
	DELIVERIES_FAILED("kafka.guardrails.deliveries.failed", Meter.Type.COUNTER, "deliveries",
			"Deliveries of a record that failed", Tags.LISTENER, Tags.EXCEPTION),

	/** Time in back-off. */
	BACKOFF("kafka.guardrails.backoff", Meter.Type.TIMER, "seconds",
			"Pauses of a consumer between two deliveries of a failing record", Tags.LISTENER),

	/** Records that recovered. */
	RECORDS_RECOVERED("kafka.guardrails.records.recovered", Meter.Type.COUNTER, "records",
			"Records that failed at first and were processed in a later delivery", Tags.LISTENER),

	/** Records in retry topics. */
	RECORDS_FORWARDED("kafka.guardrails.records.forwarded", Meter.Type.COUNTER, "records",
			"Records that were handed to a retry topic or, as the first of their key, to the parked topic",
			Tags.LISTENER),

	/** Records that were given up. */
	RECORDS_ENDED("kafka.guardrails.records.ended", Meter.Type.COUNTER, "records",
			"Records that were given up, by what was done with them (dead-letter, skip, stop) and by the exception that caused it",
			Tags.LISTENER, Tags.ENDING, Tags.EXCEPTION),

	/** Records that could not even be given up. */
	ENDINGS_FAILED("kafka.guardrails.endings.failed", Meter.Type.COUNTER, "tries",
			"Failed tries to give a record up, by what was tried and by the exception that prevented it, for example because the dead-letter topic cannot be written",
			Tags.LISTENER, Tags.ENDING, Tags.EXCEPTION),

	/** Findings. */
	FINDINGS("kafka.guardrails.findings", Meter.Type.GAUGE, "findings",
			"Findings of the latest check of the configuration, by severity (error, warning, info) and state (violated, accepted, unknown)",
			Tags.SEVERITY, Tags.STATE),

	/** Findings that came later. */
	FINDINGS_APPEARED("kafka.guardrails.findings.appeared", Meter.Type.COUNTER, "findings",
			"Findings that a check of the clusters or of the running application has added to those of the start-up, each counted once, by severity and rule",
			Tags.SEVERITY, Tags.RULE),

	/** Parked records. */
	PARKED_RECORDS("kafka.guardrails.parked.records", Meter.Type.GAUGE, "records",
			"Records that ordered retry has parked, of the partitions that this application owns", Tags.LISTENER),

	/** Parked keys. */
	PARKED_KEYS("kafka.guardrails.parked.keys", Meter.Type.GAUGE, "keys",
			"Keys whose records ordered retry has parked, by what they wait for (retry, operator, dead)", Tags.LISTENER,
			Tags.STATE),

	/** Size of what is parked. */
	PARKED_BYTES("kafka.guardrails.parked.bytes", Meter.Type.GAUGE, "bytes", "Size of the records that are parked",
			Tags.LISTENER),

	/** Age of what is parked. */
	PARKED_OLDEST("kafka.guardrails.parked.oldest", Meter.Type.GAUGE, "seconds",
			"Time since the earliest first failure of the records that are parked", Tags.LISTENER),

	/** Stretch of the parked topic. */
	PARKED_WINDOW("kafka.guardrails.parked.window", Meter.Type.GAUGE, "offsets",
			"Distance from the oldest parked record to the end of the parked topic, of the partition where it is longest; nothing more is parked at 20,000",
			Tags.LISTENER),

	/** Keys that wait for a thread. */
	PARKED_BACKLOG("kafka.guardrails.parked.backlog", Meter.Type.GAUGE, "keys",
			"Parked keys that are due and wait for a thread", Tags.LISTENER),

	/** Commits that are held back. */
	PARKED_COMMIT_HELD("kafka.guardrails.parked.commit.held", Meter.Type.GAUGE, "seconds",
			"Time for which the oldest offset commit has been held back until the parked topic has what is before it",
			Tags.LISTENER),

	/** Outages. */
	PARKED_OUTAGE("kafka.guardrails.parked.outage", Meter.Type.GAUGE, "listeners",
			"Whether one key after the other fails (1), so that nothing is parked and the current record blocks",
			Tags.LISTENER),

	/** What an assignment costs. */
	PARKED_REBUILD("kafka.guardrails.parked.rebuild", Meter.Type.TIMER, "seconds",
			"Time from the assignment of a partition until what is parked of it was read, during which it waits",
			Tags.LISTENER),

	/** Commits that had to wait. */
	PARKED_GATE_HOLDS("kafka.guardrails.parked.gate.holds", Meter.Type.COUNTER, "commits",
			"Offset commits of the listener that were held back until the state of the parked records before them is committed",
			Tags.LISTENER),

	/** Records that were written again. */
	PARKED_RENEWALS("kafka.guardrails.parked.renewals", Meter.Type.COUNTER, "records",
			"Parked records that were appended to the parked topic once more, before its retention deletes them or because the window has become long",
			Tags.LISTENER);

	private final String meterName;

	private final Meter.Type type;

	private final String unit;

	private final String meaning;

	@SuppressWarnings("ImmutableEnumChecker") // unmodifiable
	private final List<String> tags;

	KafkaGuardrailsMeter(String meterName, Meter.Type type, String unit, String meaning, String... tags) {
		this.meterName = meterName;
		this.type = type;
		this.unit = unit;
		this.meaning = meaning;
		this.tags = List.of(tags);
	}

	/** Name in Micrometer's spelling. */
	public String meterName() {
		return this.meterName;
	}

	public Meter.Type type() {
		return this.type;
	}

	/**
	 * What is counted, for documentation. It is no base unit of the meter: names say it
	 * already, and Prometheus would repeat it.
	 */
	public String unit() {
		return this.unit;
	}

	/** What is counted or measured, without a full stop. */
	public String meaning() {
		return this.meaning;
	}

	/** Keys of the tags. Unmodifiable. */
	public List<String> tags() {
		return this.tags;
	}

	/** The counter with these values of the {@link #tags()}. */
	Counter counter(MeterRegistry registry, List<String> values) {
		return Counter.builder(this.meterName).description(this.meaning).tags(tags(values)).register(registry);
	}

	/** The timer with these values of the {@link #tags()}. */
	Timer timer(MeterRegistry registry, List<String> values) {
		return Timer.builder(this.meterName).description(this.meaning).tags(tags(values)).register(registry);
	}

	/** Register a counter of what a source has counted. */
	<T> void counter(MeterRegistry registry, T source, ToDoubleFunction<T> count, List<String> values) {
		FunctionCounter.builder(this.meterName, source, count)
			.description(this.meaning)
			.tags(tags(values))
			.register(registry);
	}

	/** Register a timer of what a source has counted and added up, in milliseconds. */
	<T> void timer(MeterRegistry registry, T source, ToLongFunction<T> count, ToDoubleFunction<T> total,
			List<String> values) {
		FunctionTimer.builder(this.meterName, source, count, total, TimeUnit.MILLISECONDS)
			.description(this.meaning)
			.tags(tags(values))
			.register(registry);
	}

	/** Register a gauge with these values of the {@link #tags()}. */
	<T> void gauge(MeterRegistry registry, T source, ToDoubleFunction<T> value, List<String> values) {
		Gauge.builder(this.meterName, source, value).description(this.meaning).tags(tags(values)).register(registry);
	}

	private List<Tag> tags(List<String> values) {
		List<Tag> tags = new ArrayList<>();
		for (int i = 0; i < this.tags.size(); i++) {
			tags.add(Tag.of(this.tags.get(i), values.get(i)));
		}
		return tags;
	}

	private static final class Tags {

		static final String LISTENER = "listener";

		static final String EXCEPTION = "exception";

		static final String ENDING = "ending";

		static final String SEVERITY = "severity";

		static final String STATE = "state";

		static final String RULE = "rule";

	}

}
