package io.github.kafkaguardrails.activity;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.setup.ClientActivity.Metric;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link MetricsReader}. */
class MetricsReaderTests {

	private final Map<MetricName, KafkaMetric> metrics = new LinkedHashMap<>();

	@Test
	void picksWhatRulesLookAt() {
		add("record-error-total", 2.0, Map.of());
		add("record-error-total", 1.0, Map.of("topic", "orders"));
		add("record-send-total", 7.0, Map.of());
		assertThat(read()).containsOnly(Map.entry(Metric.of("record-error-total"), 2.0),
				Map.entry(new Metric("record-error-total", "orders", null), 1.0));
	}

	@Test
	void leavesOutWhatIsNoNumberAndTopicsWithoutErrors() {
		add("bufferpool-wait-ratio", Double.NaN, Map.of());
		add("time-between-poll-max", Double.NEGATIVE_INFINITY, Map.of());
		add("rebalance-total", "text", Map.of());
		add("record-error-total", 0.0, Map.of("topic", "orders"));
		assertThat(read()).isEmpty();
	}

	@Test
	void picksLagAndLeadOfPartitionsThatCount() {
		add("records-lag", 5.0, Map.of("topic", "a.b", "partition", "1"));
		add("records-lead", 9.0, Map.of("topic", "a.b", "partition", "1"));
		add("records-lag", 5.0, Map.of("topic", "a_b", "partition", "1"));
		assertThat(MetricsReader.read(this.metrics, new TopicPartition("a.b", 1)::equals)).containsOnly(
				Map.entry(new Metric("records-lag", "a.b", 1), 5.0),
				Map.entry(new Metric("records-lead", "a.b", 1), 9.0));
	}

	@Test
	void picksThePartitionsWithTheGreatestLag() {
		for (int i = 0; i < 80; i++) {
			add("records-lag", (double) i, Map.of("topic", "orders", "partition", String.valueOf(i)));
			add("records-lead", 1.0, Map.of("topic", "orders", "partition", String.valueOf(i)));
		}
		assertThat(read()).hasSize(2 * MetricsReader.MAX_PARTITIONS)
			.containsKey(new Metric("records-lag", "orders", 79))
			.containsKey(new Metric("records-lead", "orders", 30))
			.doesNotContainKey(new Metric("records-lag", "orders", 29));
	}

	@Test
	void picksALimitedNumberOfTopics() {
		for (int i = 0; i < 80; i++) {
			add("record-error-total", 1.0, Map.of("topic", "topic-" + i));
		}
		assertThat(read()).hasSize(MetricsReader.MAX_TOPICS);
	}

	private Map<Metric, Double> read() {
		return MetricsReader.read(this.metrics, (partition) -> true);
	}

	private void add(String name, Object value, Map<String, String> tags) {
		Map<String, String> all = new HashMap<>(tags);
		all.put("client-id", "client-1");
		MetricName metric = new MetricName(name, "group", "", all);
		Gauge<Object> gauge = (config, now) -> value;
		this.metrics.put(metric, new KafkaMetric(new Object(), metric, gauge, new MetricConfig(), Time.SYSTEM));
	}

}
