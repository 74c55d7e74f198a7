package io.github.kafkaguardrails.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.kafkaguardrails.actuate.endpoint.KafkaGuardrailsEndpoint;
import io.github.kafkaguardrails.check.ClusterCheck;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;
import io.github.kafkaguardrails.pitfall.PitfallInspection;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of
 * {@code /actuator/kafkaguardrails}. Not exposed unless the user asks for it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "io.github.kafkaguardrails.autoconfigure.KafkaGuardrailsAutoConfiguration")
@ConditionalOnClass({ WebEndpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBooleanProperty(name = "kafka.guardrails.enabled", matchIfMissing = true)
@ConditionalOnAvailableEndpoint(KafkaGuardrailsEndpoint.class)
@ConditionalOnBean({ PitfallInspection.class, ClusterCheck.class })
public final class KafkaGuardrailsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(KafkaGuardrailsEndpoint.class)
	KafkaGuardrailsEndpoint kafkaGuardrailsEndpoint(PitfallInspection inspection, ClusterCheck clusterCheck,
			ListableBeanFactory beanFactory, ObjectProvider<ParkedKeys> parkedKeys) {
		return new KafkaGuardrailsEndpoint(inspection, clusterCheck::check, new ListenerContainers(beanFactory),
				parkedKeys.getIfAvailable(ParkedKeys::new));
	}

}
