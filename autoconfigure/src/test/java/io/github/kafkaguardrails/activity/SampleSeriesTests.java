package io.github.kafkaguardrails.activity;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.setup.ClientActivity;
import io.github.kafkaguardrails.setup.ClientActivity.Metric;
import io.github.kafkaguardrails.setup.ClientType;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SampleSeries}. */
class SampleSeriesTests {

	private static final ClientKey CLIENT = new ClientKey(ClientType.PRODUCER, "kafkaProducerFactory", "producer-1");

	private static final Metric METRIC = Metric.of("record-error-total");

	private final SampleSeries series = new SampleSeries();

	private Instant now = Instant.EPOCH;

	@Test
	void keepsTheValuesWithTheirAge() {
		add(1);
		this.now = this.now.plusSeconds(60);
		add(2);
		ClientActivity activity = activities().get(0);
		assertThat(activity.owner()).isEqualTo("kafkaProducerFactory");
		assertThat(activity.clientId()).isEqualTo("producer-1");
		assertThat(activity.complete()).isTrue();
		assertThat(activity.samples()).containsExactly(
				new ClientActivity.Sample(Duration.ofSeconds(60), Map.of(METRIC, 1.0)),
				new ClientActivity.Sample(Duration.ZERO, Map.of(METRIC, 2.0)));
	}

	@Test
	void keepsOneSampleAMinute() {
		for (int i = 0; i < 12; i++) {
			add(i);
			this.now = this.now.plusSeconds(10);
		}
		assertThat(activities().get(0).latest(METRIC, 2)).containsExactly(0.0, 6.0);
	}

	@Test
	void forgetsOldSamplesAndSaysSo() {
		for (int i = 0; i <= ClientActivity.MAX_SAMPLES; i++) {
			assertThat(activities()).allSatisfy((activity) -> assertThat(activity.complete()).isTrue());
			add(i);
			this.now = this.now.plusSeconds(60);
		}
		assertThat(activities().get(0).samples()).hasSize(ClientActivity.MAX_SAMPLES)
			.first()
			.satisfies((sample) -> assertThat(sample.values()).containsEntry(METRIC, 1.0));
		assertThat(activities().get(0).complete()).isFalse();
	}

	@Test
	void forgetsAClientThatIsGone() {
		add(1);
		this.series.add(Map.of(), this.now.plusSeconds(60));
		assertThat(activities()).isEmpty();
	}

	@Test
	void remembersALimitedNumberOfClients() {
		Map<ClientKey, Map<Metric, Double>> values = new HashMap<>();
		for (int i = 0; i < 150; i++) {
			values.put(new ClientKey(ClientType.PRODUCER, "kafkaProducerFactory", "producer-" + i), Map.of());
		}
		this.series.add(values, this.now);
		assertThat(activities()).hasSize(SampleSeries.MAX_CLIENTS);
	}

	private void add(double value) {
		this.series.add(Map.of(CLIENT, Map.of(METRIC, value)), this.now);
	}

	private List<ClientActivity> activities() {
		return this.series.activities(this.now);
	}

}
