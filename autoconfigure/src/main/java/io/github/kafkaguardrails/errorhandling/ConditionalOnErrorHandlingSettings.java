package io.github.kafkaguardrails.errorhandling;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * For strategies that are no default: an application that leaves error handling to the
 * defaults does not load them. Matches when {@link ConditionalOnErrorHandling} does and
 * there may be a setting below {@code kafka.guardrails.listeners} or
 * {@code kafka.guardrails.topics}, whatever it says, and in any case while Spring's
 * ahead-of-time processing runs, for the settings may be others later.
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnErrorHandling
@Conditional(OnErrorHandlingSettingsCondition.class)
public @interface ConditionalOnErrorHandlingSettings {

}
