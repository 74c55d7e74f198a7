package io.github.kafkaguardrails.errorhandling.retrytopic;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

import io.github.kafkaguardrails.errorhandling.ConditionalOnErrorHandlingSettings;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;

/**
 * Auto-configuration for retry mode "topic".
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnErrorHandlingSettings
@Lazy
public final class RetryTopicAutoConfiguration {

	@Bean
	@Qualifier("topic")
	@ConditionalOnMissingBean(RetryTopicStrategy.class)
	RetryTopicStrategy kafkaGuardrailsRetryTopicStrategy(FailedRecordTopics topics,
			ObjectProvider<KafkaListenerEndpointRegistry> registry, ConfigurableApplicationContext context) {
		return new RetryTopicStrategy(topics, registry::getObject, context::addApplicationListener);
	}

}
