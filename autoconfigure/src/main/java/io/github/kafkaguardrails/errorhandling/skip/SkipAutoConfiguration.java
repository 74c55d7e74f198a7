package io.github.kafkaguardrails.errorhandling.skip;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import io.github.kafkaguardrails.errorhandling.ConditionalOnErrorHandlingSettings;

/**
 * Auto-configuration for the ending "skip".
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnErrorHandlingSettings
@Lazy
public final class SkipAutoConfiguration {

	@Bean
	@Qualifier("skip")
	@ConditionalOnMissingBean(SkipEnding.class)
	SkipEnding kafkaGuardrailsSkipEnding() {
		return new SkipEnding();
	}

}
