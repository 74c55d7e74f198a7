package io.github.kafkaguardrails.errorhandling.none;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import io.github.kafkaguardrails.errorhandling.ConditionalOnErrorHandlingSettings;

/**
 * Auto-configuration for retry mode "none".
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnErrorHandlingSettings
@Lazy
public final class NoRetryAutoConfiguration {

	@Bean
	@Qualifier("none")
	@ConditionalOnMissingBean(NoRetryStrategy.class)
	NoRetryStrategy kafkaGuardrailsNoRetryStrategy() {
		return new NoRetryStrategy();
	}

}
