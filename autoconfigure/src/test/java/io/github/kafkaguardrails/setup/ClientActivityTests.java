package io.github.kafkaguardrails.setup;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.setup.ClientActivity.Metric;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ClientActivity}. */
class ClientActivityTests {

	private static final Metric ERRORS = Metric.of("record-error-total");

	@Test
	void countsWhatWasThereInTheFirstSampleOfAYoungClient() {
		assertThat(client(true, 2, 2, 5).increase(ERRORS)).isEqualTo(5);
		assertThat(client(false, 2, 2, 5).increase(ERRORS)).isEqualTo(3);
	}

	@Test
	void countsFromZeroWhenACounterBeginsAnew() {
		assertThat(client(false, 7, 8, 2, 3).increase(ERRORS)).isEqualTo(4);
	}

	@Test
	void countsOnlyBetweenSamplesThatAreYoungEnough() {
		assertThat(client(false, 0, 10, 11, 12).increase(ERRORS, Duration.ofMinutes(2))).isEqualTo(2);
		assertThat(client(true, 3).increase(ERRORS, Duration.ofMinutes(2))).isZero();
	}

	@Test
	void givesTheLatestValuesOnlyWhenEverySampleHasOne() {
		ClientActivity client = client(false, 1, 2, 3);
		assertThat(client.latest(ERRORS, 2)).containsExactly(2.0, 3.0);
		assertThat(client.latest(ERRORS, 4)).isEmpty();
		assertThat(client.latest(Metric.of("other"), 1)).isEmpty();
		assertThat(client.latest(ERRORS)).hasValue(3.0);
	}

	@Test
	void nothingIsObservedBeforeTheFirstSample() {
		assertThat(ActivitySetup.NONE.observed()).isFalse();
		assertThat(application().withActivity((activity) -> {
		}).build().activity().observed()).isTrue();
	}

	private static ClientActivity client(boolean complete, double... errors) {
		return application().withActivity((activity) -> activity.producer((producer) -> {
			producer.complete = complete;
			producer.values("record-error-total", errors);
		})).build().activity().clients(ClientType.PRODUCER, "kafkaProducerFactory").get(0);
	}

}
