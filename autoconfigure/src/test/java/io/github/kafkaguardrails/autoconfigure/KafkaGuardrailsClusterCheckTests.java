package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.kafkaguardrails.check.ClusterCheckSchedule;
import io.github.kafkaguardrails.cluster.ClusterReader;
import io.github.kafkaguardrails.pitfall.PitfallInspection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the check of the clusters, as {@link KafkaGuardrailsAutoConfiguration} wires
 * it.
 */
class KafkaGuardrailsClusterCheckTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, SslAutoConfiguration.class,
				KafkaGuardrailsAutoConfiguration.class))
		.withPropertyValues("spring.kafka.bootstrap-servers=localhost:1", "spring.kafka.admin.auto-create=false");

	@Test
	void checksTheClustersInTheBackground() {
		this.runner.run((context) -> assertThat(context.getBean(ClusterCheckSchedule.class))
			.matches(ClusterCheckSchedule::isRunning)
			.hasFieldOrPropertyWithValue("interval", Duration.ofMinutes(10)));
	}

	@Test
	void doesNotCheckTheClustersWhenToldSoOrWhenNothingIsEnforced() {
		this.runner.withPropertyValues("kafka.guardrails.cluster-check.enabled=false").run((context) -> {
			assertThat(context.getBean(ClusterCheckSchedule.class)).hasFieldOrPropertyWithValue("interval", null);
			assertThat(context.getBean(PitfallInspection.class).latest().report().violations())
				.extracting((finding) -> finding.rule())
				.doesNotContain("guardrails-setting-unknown");
		});
		this.runner.withPropertyValues("kafka.guardrails.enforcement=off")
			.run((context) -> assertThat(context.getBean(ClusterCheckSchedule.class).isRunning()).isFalse());
	}

	@Test
	void closesTheClientsOfTheClusterCheckWithTheContext() {
		AtomicReference<ClusterReader> reader = new AtomicReference<>();
		this.runner.run((context) -> reader.set(context.getBean(ClusterReader.class)));
		assertThat(reader.get()).hasFieldOrPropertyWithValue("closed", true);
	}

	@Test
	void namesAnIntervalOrTimeoutOfTheClusterCheckThatIsNotPositive() {
		this.runner.withPropertyValues("kafka.guardrails.cluster-check.interval=0s")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("kafka.guardrails.cluster-check.interval must be positive, not PT0S"));
		this.runner.withPropertyValues("kafka.guardrails.cluster-check.timeout=-1s")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("kafka.guardrails.cluster-check.timeout must be positive, not PT-1S"));
	}

}
