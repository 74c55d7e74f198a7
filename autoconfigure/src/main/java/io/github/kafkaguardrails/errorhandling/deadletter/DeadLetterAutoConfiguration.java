package io.github.kafkaguardrails.errorhandling.deadletter;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import io.github.kafkaguardrails.errorhandling.ConditionalOnErrorHandling;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;

/**
 * Auto-configuration for the ending "dead-letter".
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnErrorHandling
@Lazy
public final class DeadLetterAutoConfiguration {

	@Bean
	@Qualifier("dead-letter")
	@ConditionalOnMissingBean(DeadLetterEnding.class)
	DeadLetterEnding kafkaGuardrailsDeadLetterEnding(FailedRecordTopics topics) {
		return new DeadLetterEnding(topics);
	}

}
