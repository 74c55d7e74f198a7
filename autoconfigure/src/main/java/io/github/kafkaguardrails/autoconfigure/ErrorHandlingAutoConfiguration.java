package io.github.kafkaguardrails.autoconfigure;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

import io.github.kafkaguardrails.background.BackgroundThread;
import io.github.kafkaguardrails.errorhandling.ConditionalOnErrorHandling;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingCustomizer;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingRegistry;
import io.github.kafkaguardrails.errorhandling.FailedRecordListener;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;
import io.github.kafkaguardrails.pitfall.PitfallInspection;

/**
 * Auto-configuration for the handling of failing records in listener containers, and for
 * safe defaults.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@ConditionalOnErrorHandling
@EnableConfigurationProperties(KafkaGuardrailsProperties.class)
@ImportRuntimeHints(KafkaGuardrailsRuntimeHints.class)
public final class ErrorHandlingAutoConfiguration {

	@Bean
	static ListenerContainerFactoryPostProcessor kafkaGuardrailsListenerContainerFactoryPostProcessor(
			ObjectProvider<ListenerContainerCustomizer> containers) {
		return new ListenerContainerFactoryPostProcessor(containers);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "kafka.guardrails.safe-defaults", matchIfMissing = true)
	static SafeDefaultsPostProcessor kafkaGuardrailsSafeDefaultsPostProcessor(ConfigurableEnvironment environment) {
		return new SafeDefaultsPostProcessor(environment);
	}

	@Bean
	@ConditionalOnMissingBean(ErrorHandlingRegistry.class)
	ErrorHandlingRegistry kafkaGuardrailsErrorHandlingRegistry() {
		return new ErrorHandlingRegistry();
	}

	@Bean
	@ConditionalOnMissingBean(FailedRecordTopics.class)
	FailedRecordTopics kafkaGuardrailsFailedRecordTopics(KafkaGuardrailsProperties properties,
			Environment environment) {
		String application = environment.getProperty("spring.application.name", "application");
		return new FailedRecordTopics(properties.getTopics().getProvisioning(), application + "-kafka-guardrails",
				Clock.systemUTC());
	}

	@Bean
	FailedRecordTopicsStarter kafkaGuardrailsFailedRecordTopicsStarter(FailedRecordTopics topics) {
		return new FailedRecordTopicsStarter(topics, BackgroundThread.HEAD_START);
	}

	@Bean
	ListenerContainerCustomizer kafkaGuardrailsListenerContainerCustomizer(KafkaGuardrailsProperties properties,
			Environment environment, ObjectProvider<FailedRecordListener> listeners, ErrorHandlingRegistry registry,
			ObjectProvider<PitfallInspection> inspection, ConfigurableApplicationContext context) {
		StrategyBeans strategies = new StrategyBeans(context.getBeanFactory());
		ErrorHandlingCustomizer customizer = new ErrorHandlingCustomizer(
				new ErrorHandlingBinder(environment).bind(properties.getListeners()), properties.isSafeDefaults(),
				strategies::strategy, strategies::ending, new FailedRecordListeners(listeners), registry,
				Clock.systemUTC(), context.getClassLoader());
		return new ListenerContainerCustomizer(customizer, properties.isSafeDefaults(), inspection);
	}

}
