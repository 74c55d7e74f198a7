package io.github.kafkaguardrails.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.kafkaguardrails.errorhandling.ConditionalOnErrorHandling;
import io.github.kafkaguardrails.metrics.ClientMetrics;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of client metrics for factories that
 * the user made. It comes before the check, which would otherwise report them missing.
 *
 * @since 0.1.0
 */
@AutoConfiguration(beforeName = "io.github.kafkaguardrails.autoconfigure.KafkaGuardrailsAutoConfiguration")
@ConditionalOnErrorHandling
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "kafka.guardrails.safe-defaults", matchIfMissing = true)
public final class KafkaGuardrailsClientMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(ClientMetrics.class)
	ClientMetrics kafkaGuardrailsClientMetrics(ListableBeanFactory beans, ObjectProvider<MeterRegistry> registry) {
		return new ClientMetrics(beans, registry);
	}

}
