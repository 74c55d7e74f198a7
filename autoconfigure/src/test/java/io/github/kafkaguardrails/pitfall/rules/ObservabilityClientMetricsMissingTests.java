package io.github.kafkaguardrails.pitfall.rules;

import org.junit.jupiter.api.Test;

import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.setup.TestSetup;

import static io.github.kafkaguardrails.setup.TestSetup.application;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link ObservabilityClientMetricsMissing}. */
class ObservabilityClientMetricsMissingTests {

	private final ObservabilityClientMetricsMissing rule = new ObservabilityClientMetricsMissing();

	@Test
	void flagsFactoriesWithoutMetrics() {
		assertThat(this.rule.check(withRegistry().withProducer("audit", (producer) -> producer.clientMetrics = false)
			.withConsumer("orders", (consumer) -> consumer.clientMetrics = false)
			.build())).extracting((finding) -> finding.subject().toString())
			.containsExactly("producer 'audit'", "consumer 'orders'");
	}

	@Test
	void ignoresFactoriesWithMetrics() {
		assertThat(this.rule.check(withRegistry().withProducer("audit", (producer) -> {
		}).withConsumer("orders", (consumer) -> {
		}).build())).isEmpty();
	}

	@Test
	void ignoresApplicationsWithoutRegistry() {
		assertThat(this.rule
			.check(application().withConsumer("orders", (consumer) -> consumer.clientMetrics = false).build()))
			.isEmpty();
	}

	@Test
	void ignoresFactoriesThatMakeProducersTheirOwnWay() {
		assertThat(this.rule.check(withRegistry().withProducer("audit", (producer) -> {
			producer.clientMetrics = false;
			producer.customized = true;
		}).build())).isEmpty();
	}

	@Test
	void saysWhatIsMissingAndHowToMend() {
		Finding finding = this.rule
			.check(withRegistry().withConsumer("orders", (consumer) -> consumer.clientMetrics = false).build())
			.get(0);
		assertThat(finding.harm()).isEqualTo("The factory has no MicrometerConsumerListener: "
				+ "lag, rebalances and throttle time of its clients do not reach the meter registry.");
		assertThat(finding.fixes()).extracting((fix) -> fix.text())
			.containsExactly("apply the DefaultKafkaConsumerFactoryCustomizer beans to the factory",
					"call factory.addListener(new MicrometerConsumerListener<>(registry))");
	}

	private static TestSetup withRegistry() {
		return application().with((setup) -> setup.meterRegistry = true);
	}

}
