package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import org.jspecify.annotations.Nullable;

/**
 * The latest samples of the metrics of one client. Consecutive samples are about a minute
 * apart or more.
 *
 * @param type kind of client
 * @param owner bean name of the producer factory or template, or listener id
 * @param clientId client id
 * @param complete whether the samples go back to the client's first one
 * @param samples the samples, oldest first, at most {@value #MAX_SAMPLES}
 * @since 0.1.0
 */
public record ClientActivity(ClientType type, String owner, String clientId, boolean complete, List<Sample> samples) {

	/** Older samples are forgotten. */
	public static final int MAX_SAMPLES = 11;

	public ClientActivity {
		samples = List.copyOf(samples);
	}

	/** The latest value of a metric; empty when it has none. */
	public OptionalDouble latest(Metric metric) {
		List<Double> values = latest(metric, 1);
		return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(values.get(0));
	}

	/**
	 * The values of a metric in the latest samples, oldest first.
	 * @param metric the metric
	 * @param count number of samples
	 * @return the values; empty when one of these samples has none
	 */
	public List<Double> latest(Metric metric, int count) {
		List<Double> values = new ArrayList<>();
		for (Sample sample : this.samples.subList(Math.max(0, this.samples.size() - count), this.samples.size())) {
			Double value = sample.values().get(metric);
			if (value != null) {
				values.add(value);
			}
		}
		return (values.size() == count) ? values : List.of();
	}

	/**
	 * How much a counter has grown over the samples, also before the first one if that is
	 * the client's first. A counter that falls has begun anew, and one without a value
	 * stands at 0.
	 */
	public double increase(Metric counter) {
		return increase(counter, this.samples) + (this.complete ? first(counter) : 0);
	}

	/**
	 * How much a counter has grown between the samples that are not older than this. A
	 * counter that falls has begun anew.
	 */
	public double increase(Metric counter, Duration age) {
		return increase(counter, this.samples.stream().filter((sample) -> sample.age().compareTo(age) <= 0).toList());
	}

	private static double increase(Metric counter, List<Sample> samples) {
		double increase = 0;
		for (int i = 1; i < samples.size(); i++) {
			double before = samples.get(i - 1).value(counter);
			double after = samples.get(i).value(counter);
			increase += (after >= before) ? after - before : after;
		}
		return increase;
	}

	private double first(Metric counter) {
		return this.samples.isEmpty() ? 0 : this.samples.get(0).value(counter);
	}

	/** The metrics of this name in the latest sample, sorted by topic and partition. */
	public List<Metric> metrics(String name) {
		return this.samples.isEmpty() ? List.of()
				: this.samples.get(this.samples.size() - 1)
					.values()
					.keySet()
					.stream()
					.filter((metric) -> metric.name().equals(name))
					.sorted()
					.toList();
	}

	/**
	 * The values of a client's metrics at one time.
	 *
	 * @param age how long ago they were read
	 * @param values values that are numbers, by metric; counters by topic only where they
	 * are not 0
	 */
	public record Sample(Duration age, Map<Metric, Double> values) {

		public Sample {
			values = Map.copyOf(values);
		}

		double value(Metric counter) {
			return this.values.getOrDefault(counter, 0.0);
		}

	}

	/**
	 * A metric of a client.
	 *
	 * @param name name, for example {@code records-lag}
	 * @param topic topic that it is about, or {@code null} when it is about the client
	 * @param partition partition that it is about, or {@code null}
	 */
	public record Metric(String name, @Nullable String topic,
			@Nullable Integer partition) implements Comparable<Metric> {

		/** A metric about the client as a whole. */
		public static Metric of(String name) {
			return new Metric(name, null, null);
		}

		/** The metric of another name about the same topic and partition. */
		public Metric sibling(String name) {
			return new Metric(name, this.topic, this.partition);
		}

		/** What it is about, ready to print: {@code orders-0}, or the topic. */
		public String place() {
			return (this.partition != null) ? this.topic + "-" + this.partition : String.valueOf(this.topic);
		}

		@Override
		public int compareTo(Metric other) {
			return place().compareTo(other.place());
		}

	}

}
