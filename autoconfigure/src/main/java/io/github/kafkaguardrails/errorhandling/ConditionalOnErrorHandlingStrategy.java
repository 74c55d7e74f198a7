package io.github.kafkaguardrails.errorhandling;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches when {@link ConditionalOnErrorHandling} does and a setting below
 * {@code kafka.guardrails.listeners} or {@code kafka.guardrails.topics} names the
 * strategy: an application does not load what it does not use. Matches in any case while
 * Spring's ahead-of-time processing runs, for the settings may be others later.
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnErrorHandling
@Conditional(OnErrorHandlingStrategyCondition.class)
public @interface ConditionalOnErrorHandlingStrategy {

	/**
	 * The name that the strategy has in the settings, for example {@code dead-letter}.
	 */
	String value();

}
