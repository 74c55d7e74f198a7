package io.github.kafkaguardrails.autoconfigure;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.KafkaListenerConfigUtils;

import io.github.kafkaguardrails.errorhandling.ConditionalOnErrorHandling;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingRegistry;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallInspection;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.setup.KafkaSetupReader;

/**
 * Auto-configuration for the check of the Kafka configuration at start-up. It comes
 * before Spring Boot's own, so that the check runs when all listener containers exist and
 * before any client contacts a broker.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@ConditionalOnErrorHandling
@EnableConfigurationProperties(KafkaGuardrailsProperties.class)
@Import(KafkaGuardrailsAutoConfiguration.EnableKafkaConfiguration.class)
public final class KafkaGuardrailsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PitfallCatalogue kafkaGuardrailsPitfallCatalogue(ObjectProvider<PitfallRule> rules,
			ConfigurableApplicationContext context) {
		return PitfallCatalogue.load(rules.orderedStream().toList(), context.getClassLoader());
	}

	@Bean
	StartupBaseline kafkaGuardrailsStartupBaseline(KafkaGuardrailsProperties properties,
			ConfigurableApplicationContext context) {
		return new StartupBaseline(properties.baseline(), context);
	}

	@Bean
	@ConditionalOnMissingBean
	PitfallInspection kafkaGuardrailsPitfallInspection(PitfallCatalogue catalogue, KafkaGuardrailsProperties properties,
			StartupBaseline baseline, ConfigurableApplicationContext context) {
		KafkaSetupReader reader = new KafkaSetupReader(context, catalogue.ids(), ListenerKeys.all());
		return new PitfallInspection(reader::read, (setup) -> List.of(), catalogue,
				properties.toPitfallSettings().withBaseline(baseline.read()), Clock.system(ZoneId.systemDefault()));
	}

	@Bean
	StartupInspection kafkaGuardrailsStartupInspection(PitfallInspection inspection, StartupBaseline baseline,
			ObjectProvider<ErrorHandlingRegistry> errorHandling) {
		return new StartupInspection(inspection, baseline, errorHandling);
	}

	/** Makes the listener containers exist before the beans above look at them. */
	@Configuration(proxyBeanMethods = false)
	@EnableKafka
	@ConditionalOnMissingBean(name = KafkaListenerConfigUtils.KAFKA_LISTENER_ANNOTATION_PROCESSOR_BEAN_NAME)
	static class EnableKafkaConfiguration {

	}

}
