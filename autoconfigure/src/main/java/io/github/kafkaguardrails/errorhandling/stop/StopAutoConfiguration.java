package io.github.kafkaguardrails.errorhandling.stop;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import io.github.kafkaguardrails.errorhandling.ConditionalOnErrorHandlingSettings;

/**
 * Auto-configuration for the ending "stop".
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnErrorHandlingSettings
@Lazy
public final class StopAutoConfiguration {

	@Bean
	@Qualifier("stop")
	@ConditionalOnMissingBean(StopEnding.class)
	StopEnding kafkaGuardrailsStopEnding() {
		return new StopEnding();
	}

}
