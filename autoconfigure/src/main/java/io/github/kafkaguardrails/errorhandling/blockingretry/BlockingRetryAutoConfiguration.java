package io.github.kafkaguardrails.errorhandling.blockingretry;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import io.github.kafkaguardrails.errorhandling.ConditionalOnErrorHandling;

/**
 * Auto-configuration for retry mode "blocking".
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnErrorHandling
@Lazy
public final class BlockingRetryAutoConfiguration {

	@Bean
	@Qualifier("blocking")
	@ConditionalOnMissingBean(BlockingRetryStrategy.class)
	BlockingRetryStrategy kafkaGuardrailsBlockingRetryStrategy() {
		return new BlockingRetryStrategy();
	}

}
