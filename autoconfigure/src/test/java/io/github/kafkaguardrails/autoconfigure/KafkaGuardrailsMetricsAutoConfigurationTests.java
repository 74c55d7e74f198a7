package io.github.kafkaguardrails.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import io.github.kafkaguardrails.errorhandling.FailedRecordListener;
import io.github.kafkaguardrails.errorhandling.TestFailures;
import io.github.kafkaguardrails.metrics.FailedRecordMetrics;
import io.github.kafkaguardrails.metrics.FindingMetrics;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.TestInspection;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link KafkaGuardrailsMetricsAutoConfiguration}. */
class KafkaGuardrailsMetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaGuardrailsMetricsAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
		.withBean(PitfallInspection.class, () -> TestInspection.inspected(TestInspection.setup()));

	@Test
	void bindsFindings() {
		withRegistry().run((context) -> assertThat(context.getBean(MeterRegistry.class)
			.get("kafka.guardrails.findings")
			.tags("severity", "warning", "state", "violated")
			.gauge()
			.value()).isEqualTo(1));
	}

	@Test
	void countsFailedRecordsOfAnyFailedRecordListener() {
		withRegistry().run((context) -> {
			context.getBean(FailedRecordListener.class)
				.deliveryFailed(TestFailures.failed("orders-listener", 7, new IllegalStateException()));
			assertThat(context.getBean(MeterRegistry.class)
				.get("kafka.guardrails.deliveries.failed")
				.tag("listener", "orders-listener")
				.counter()
				.count()).isEqualTo(1);
		});
	}

	@Test
	void countsOnceInEachOfSeveralRegistries() {
		withRegistry().withBean("second", MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			context.getBean(FailedRecordListener.class)
				.deliveryFailed(TestFailures.failed("orders-listener", 7, new IllegalStateException()));
			for (String name : new String[] { "first", "second" }) {
				assertThat(context.getBean(name, MeterRegistry.class)
					.get("kafka.guardrails.deliveries.failed")
					.counter()
					.count()).isEqualTo(1);
			}
		});
	}

	@Test
	void needsNoRegistry() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(FailedRecordMetrics.class);
			context.getBean(FailedRecordListener.class)
				.deliveryFailed(TestFailures.failed("orders-listener", 7, new IllegalStateException()));
		});
	}

	@Test
	void backsOffForTheUsersBeans() {
		this.runner.withBean("mine", FailedRecordMetrics.class, FailedRecordMetrics::new)
			.withBean("mineToo", FindingMetrics.class,
					() -> new FindingMetrics(TestInspection.of(TestInspection.setup())))
			.run((context) -> {
				assertThat(context).getBeanNames(FailedRecordMetrics.class).containsExactly("mine");
				assertThat(context).getBeanNames(FindingMetrics.class).containsExactly("mineToo");
			});
	}

	@Test
	void isOffByProperty() {
		this.runner.withPropertyValues("kafka.guardrails.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(FailedRecordMetrics.class)
				.doesNotHaveBean(FindingMetrics.class));
	}

	@Test
	void isFoundInAnApplication() {
		new ApplicationContextRunner().withUserConfiguration(Imported.class)
			.withBean(PitfallInspection.class, () -> TestInspection.inspected(TestInspection.setup()))
			.run((context) -> assertThat(context).hasBean("kafkaGuardrailsFailedRecordMetrics")
				.hasBean("kafkaGuardrailsFindingMetrics"));
	}

	@Test
	void isOffWithoutMicrometer() {
		new ApplicationContextRunner().withUserConfiguration(Imported.class)
			.withBean(PitfallInspection.class, () -> TestInspection.inspected(TestInspection.setup()))
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("kafkaGuardrailsFailedRecordMetrics")
				.doesNotHaveBean("kafkaGuardrailsFindingMetrics"));
	}

	private ApplicationContextRunner withRegistry() {
		return this.runner.withBean("first", MeterRegistry.class, SimpleMeterRegistry::new);
	}

	/** Read from the class file, as in an application, so that classes may be missing. */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KafkaGuardrailsMetricsAutoConfiguration.class)
	static class Imported {

	}

}
