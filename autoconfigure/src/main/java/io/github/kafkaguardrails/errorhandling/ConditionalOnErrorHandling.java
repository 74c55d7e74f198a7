package io.github.kafkaguardrails.errorhandling;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.kafka.annotation.EnableKafka;

/**
 * Matches when the application has Spring Kafka and Kafka Guardrails is not switched off.
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnClass(EnableKafka.class)
@ConditionalOnBooleanProperty(name = "kafka.guardrails.enabled", matchIfMissing = true)
public @interface ConditionalOnErrorHandling {

}
