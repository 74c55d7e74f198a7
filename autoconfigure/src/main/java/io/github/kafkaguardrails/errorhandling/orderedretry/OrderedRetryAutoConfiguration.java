package io.github.kafkaguardrails.errorhandling.orderedretry;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

import io.github.kafkaguardrails.errorhandling.ConditionalOnErrorHandlingSettings;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;

/**
 * Auto-configuration for retry mode "ordered".
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnErrorHandlingSettings
@Lazy
public final class OrderedRetryAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(ParkedKeys.class)
	ParkedKeys kafkaGuardrailsParkedKeys() {
		return new ParkedKeys();
	}

	@Bean
	@Qualifier("ordered")
	@ConditionalOnMissingBean(OrderedRetryStrategy.class)
	OrderedRetryStrategy kafkaGuardrailsOrderedRetryStrategy(FailedRecordTopics topics, Environment environment,
			ObjectProvider<ObservationRegistry> observations, ParkedKeys parkedKeys) {
		return new OrderedRetryStrategy(topics, Threading.VIRTUAL.isActive(environment), observations::getIfUnique,
				parkedKeys);
	}

}
