package io.github.kafkaguardrails.autoconfigure;

import java.time.Clock;
import java.time.ZoneId;

import org.springframework.beans.factory.ListableBeanFactory;
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

import io.github.kafkaguardrails.background.BackgroundThread;
import io.github.kafkaguardrails.check.ClusterCheck;
import io.github.kafkaguardrails.check.ClusterCheckSchedule;
import io.github.kafkaguardrails.cluster.ClusterReader;
import io.github.kafkaguardrails.errorhandling.ConditionalOnErrorHandling;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingRegistry;
import io.github.kafkaguardrails.pitfall.Enforcement;
import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallChangeListener;
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
	@ConditionalOnMissingBean(ClusterReader.class)
	ClusterReader kafkaGuardrailsClusterReader(KafkaGuardrailsProperties properties) {
		return new ClusterReader(properties.getClusterCheck().getTimeout(), Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean(PitfallInspection.class)
	PitfallInspection kafkaGuardrailsPitfallInspection(ObjectProvider<PitfallRule> rules, ClusterReader clusterReader,
			KafkaGuardrailsProperties properties, ConfigurableApplicationContext context) {
		PitfallCatalogue catalogue = PitfallCatalogue.load(rules.orderedStream().toList(), context.getClassLoader());
		KafkaSetupReader reader = new KafkaSetupReader(context, catalogue::ids, ListenerKeys::all);
		StartupBaseline baseline = new StartupBaseline(properties.getBaseline(), context);
		return new PitfallInspection(reader::read, clusterReader::read, catalogue,
				properties.toPitfallSettings().withBaseline(baseline.read()), Clock.system(ZoneId.systemDefault()));
	}

	@Bean
	@ConditionalOnMissingBean(ClusterCheck.class)
	ClusterCheck kafkaGuardrailsClusterCheck(PitfallInspection inspection,
			ObjectProvider<PitfallChangeListener> listeners) {
		return new ClusterCheck(inspection, () -> listeners.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean(ClusterCheckSchedule.class)
	ClusterCheckSchedule kafkaGuardrailsClusterCheckSchedule(ClusterCheck check, PitfallInspection inspection,
			KafkaGuardrailsProperties properties) {
		KafkaGuardrailsProperties.ClusterCheck settings = properties.getClusterCheck();
		return new ClusterCheckSchedule(check, BackgroundThread.HEAD_START,
				settings.isEnabled() ? settings.getInterval() : null, inspection.enforcement() != Enforcement.OFF);
	}

	@Bean
	static PartitionWatchPostProcessor kafkaGuardrailsPartitionWatchPostProcessor(ListableBeanFactory beanFactory,
			ObjectProvider<PitfallInspection> inspection) {
		return new PartitionWatchPostProcessor(beanFactory, inspection);
	}

	@Bean
	StartupInspection kafkaGuardrailsStartupInspection(PitfallInspection inspection,
			KafkaGuardrailsProperties properties, ClusterCheck clusterCheck,
			ObjectProvider<ErrorHandlingRegistry> errorHandling, ConfigurableApplicationContext context) {
		return new StartupInspection(inspection, new StartupBaseline(properties.getBaseline(), context), clusterCheck,
				errorHandling);
	}

	/** Makes the listener containers exist before the beans above look at them. */
	@Configuration(proxyBeanMethods = false)
	@EnableKafka
	@ConditionalOnMissingBean(name = KafkaListenerConfigUtils.KAFKA_LISTENER_ANNOTATION_PROCESSOR_BEAN_NAME)
	static class EnableKafkaConfiguration {

	}

}
