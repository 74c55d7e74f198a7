package io.github.kafkaguardrails.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;
import io.github.kafkaguardrails.metrics.FailedRecordMetrics;
import io.github.kafkaguardrails.metrics.FindingMetrics;
import io.github.kafkaguardrails.metrics.ParkedKeyMetrics;
import io.github.kafkaguardrails.pitfall.PitfallInspection;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the meters. The beans are
 * binders, which Spring Boot binds when all singletons exist: no registry is created
 * early.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "io.github.kafkaguardrails.autoconfigure.KafkaGuardrailsAutoConfiguration",
		"io.github.kafkaguardrails.errorhandling.orderedretry.OrderedRetryAutoConfiguration" })
@ConditionalOnClass({ MeterRegistry.class, MeterBinder.class })
@ConditionalOnBooleanProperty(name = "kafka.guardrails.enabled", matchIfMissing = true)
@ConditionalOnBean(PitfallInspection.class)
public final class KafkaGuardrailsMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(FailedRecordMetrics.class)
	FailedRecordMetrics kafkaGuardrailsFailedRecordMetrics() {
		return new FailedRecordMetrics();
	}

	@Bean
	@ConditionalOnMissingBean(FindingMetrics.class)
	FindingMetrics kafkaGuardrailsFindingMetrics(PitfallInspection inspection) {
		return new FindingMetrics(inspection);
	}

	@Bean
	@ConditionalOnMissingBean(ParkedKeyMetrics.class)
	@ConditionalOnBean(ParkedKeys.class)
	ParkedKeyMetrics kafkaGuardrailsParkedKeyMetrics(ParkedKeys parkedKeys) {
		return new ParkedKeyMetrics(parkedKeys);
	}

}
