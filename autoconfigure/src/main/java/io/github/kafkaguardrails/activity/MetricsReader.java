package io.github.kafkaguardrails.activity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.ClientActivity.Metric;

/**
 * Picks the metrics that rules look at: those of the client, counters of at most
 * {@value #MAX_TOPICS} topics, and the lag and lead of the {@value #MAX_PARTITIONS}
 * partitions with the greatest lag.
 */
final class MetricsReader {

	static final int MAX_TOPICS = 50;

	static final int MAX_PARTITIONS = 50;

	private static final String LAG = "records-lag";

	private static final String LEAD = "records-lead";

	private static final Set<String> OF_CLIENT = Set.of("record-error-total", "bufferpool-wait-ratio",
			"buffer-exhausted-total", "produce-throttle-time-avg", "time-between-poll-max", "last-poll-seconds-ago",
			"rebalance-total", "failed-rebalance-total");

	private static final Set<String> OF_TOPIC = Set.of("record-error-total");

	private MetricsReader() {
	}

	/**
	 * The values of the metrics of a client as they are now.
	 * @param metrics the client's metrics
	 * @param partitions tells the partitions that count
	 */
	static Map<Metric, Double> read(Map<MetricName, ? extends org.apache.kafka.common.Metric> metrics,
			Predicate<TopicPartition> partitions) {
		Map<Metric, Double> values = new HashMap<>();
		Map<Metric, Double> lags = new HashMap<>();
		Map<Metric, Double> leads = new HashMap<>();
		int topics = 0;
		for (Map.Entry<MetricName, ? extends org.apache.kafka.common.Metric> entry : metrics.entrySet()) {
			MetricName name = entry.getKey();
			String topic = name.tags().get("topic");
			String partition = name.tags().get("partition");
			if (topic == null && OF_CLIENT.contains(name.name())) {
				put(values, Metric.of(name.name()), number(entry.getValue()));
			}
			else if (topic != null && partition == null && OF_TOPIC.contains(name.name()) && topics < MAX_TOPICS) {
				Double value = number(entry.getValue());
				if (value != null && value != 0) {
					values.put(new Metric(name.name(), topic, null), value);
					topics++;
				}
			}
			else if (topic != null && partition != null && (name.name().equals(LAG) || name.name().equals(LEAD))) {
				int number = Integer.parseInt(partition);
				if (partitions.test(new TopicPartition(topic, number))) {
					put(name.name().equals(LAG) ? lags : leads, new Metric(name.name(), topic, number),
							number(entry.getValue()));
				}
			}
		}
		addGreatest(values, lags, leads);
		return values;
	}

	private static void addGreatest(Map<Metric, Double> values, Map<Metric, Double> lags, Map<Metric, Double> leads) {
		List<Map.Entry<Metric, Double>> sorted = new ArrayList<>(lags.entrySet());
		sorted.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
		for (Map.Entry<Metric, Double> lag : sorted.subList(0, Math.min(sorted.size(), MAX_PARTITIONS))) {
			values.put(lag.getKey(), lag.getValue());
			Metric lead = lag.getKey().sibling(LEAD);
			put(values, lead, leads.get(lead));
		}
	}

	private static void put(Map<Metric, Double> values, Metric metric, @Nullable Double value) {
		if (value != null) {
			values.put(metric, value);
		}
	}

	/** The value, unless there is none yet. */
	private static @Nullable Double number(org.apache.kafka.common.Metric metric) {
		return (metric.metricValue() instanceof Number number && !Double.isNaN(number.doubleValue())
				&& !Double.isInfinite(number.doubleValue())) ? number.doubleValue() : null;
	}

}
