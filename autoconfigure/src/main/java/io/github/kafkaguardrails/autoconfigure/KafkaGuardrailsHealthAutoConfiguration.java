package io.github.kafkaguardrails.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;

import io.github.kafkaguardrails.activity.AbnormalStops;
import io.github.kafkaguardrails.background.BackgroundThread;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingRegistry;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;
import io.github.kafkaguardrails.health.BrokerHealthIndicator;
import io.github.kafkaguardrails.health.BrokerMonitor;
import io.github.kafkaguardrails.health.DeadLetterHealthIndicator;
import io.github.kafkaguardrails.health.FailedEndings;
import io.github.kafkaguardrails.health.ListenersHealthIndicator;
import io.github.kafkaguardrails.health.OrderedRetryHealthIndicator;
import io.github.kafkaguardrails.health.ReadinessGroupPostProcessor;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the health contributor
 * {@code kafkaGuardrails}. It stays out of liveness in any case and out of readiness
 * unless the user asks for it, so that a broker outage restarts nothing.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = KafkaAutoConfiguration.class,
		afterName = { "io.github.kafkaguardrails.autoconfigure.KafkaGuardrailsAutoConfiguration",
				"org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration" })
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBooleanProperty(name = "kafka.guardrails.enabled", matchIfMissing = true)
@ConditionalOnEnabledHealthIndicator("kafkaguardrails")
@ConditionalOnBean(ErrorHandlingRegistry.class)
@EnableConfigurationProperties(KafkaGuardrailsProperties.class)
public final class KafkaGuardrailsHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(AbnormalStops.class)
	AbnormalStops kafkaGuardrailsAbnormalStops() {
		return new AbnormalStops();
	}

	@Bean
	@ConditionalOnMissingBean(FailedEndings.class)
	FailedEndings kafkaGuardrailsFailedEndings() {
		return new FailedEndings();
	}

	@Bean
	@ConditionalOnMissingBean(name = "kafkaGuardrailsHealthContributor")
	CompositeHealthContributor kafkaGuardrailsHealthContributor(ListableBeanFactory beanFactory, AbnormalStops stops,
			FailedEndings failedEndings, ErrorHandlingRegistry registry, ObjectProvider<BrokerMonitor> brokerMonitor,
			ObjectProvider<ParkedKeys> parkedKeys) {
		Map<String, HealthIndicator> indicators = new LinkedHashMap<>();
		indicators.put("listeners", new ListenersHealthIndicator(new ListenerContainers(beanFactory), stops));
		indicators.put("deadLetters", new DeadLetterHealthIndicator(failedEndings, registry));
		BrokerMonitor monitor = brokerMonitor.getIfAvailable();
		if (monitor != null) {
			indicators.put("broker", new BrokerHealthIndicator(monitor));
		}
		ParkedKeys keys = parkedKeys.getIfAvailable();
		if (keys != null) {
			indicators.put("orderedRetry", new OrderedRetryHealthIndicator(keys));
		}
		return CompositeHealthContributor.fromMap(indicators);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "kafka.guardrails.health.broker.enabled", matchIfMissing = true)
	@ConditionalOnSingleCandidate(KafkaAdmin.class)
	@ConditionalOnMissingBean(BrokerMonitor.class)
	BrokerMonitor kafkaGuardrailsBrokerMonitor(KafkaAdmin admin, KafkaGuardrailsProperties properties) {
		return new BrokerMonitor(admin::getConfigurationProperties, BackgroundThread.HEAD_START,
				properties.getHealth().getBroker().getInterval());
	}

	@Bean
	@ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper")
	@ConditionalOnBooleanProperty("kafka.guardrails.health.readiness")
	@ConditionalOnMissingBean(ReadinessGroupPostProcessor.class)
	ReadinessGroupPostProcessor kafkaGuardrailsReadinessGroupPostProcessor() {
		return new ReadinessGroupPostProcessor("kafkaGuardrails");
	}

}
