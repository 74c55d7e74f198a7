package io.github.kafkaguardrails.autoconfigure;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

import io.github.kafkaguardrails.activity.AbnormalStops;
import io.github.kafkaguardrails.activity.ActivityCheck;
import io.github.kafkaguardrails.activity.ActivitySampler;
import io.github.kafkaguardrails.activity.ContainerObserver;
import io.github.kafkaguardrails.activity.EndedRecordsObserver;
import io.github.kafkaguardrails.activity.ProducerObserver;
import io.github.kafkaguardrails.activity.SendObserver;
import io.github.kafkaguardrails.activity.StreamsObserver;
import io.github.kafkaguardrails.background.BackgroundThread;
import io.github.kafkaguardrails.check.ClusterCheck;
import io.github.kafkaguardrails.errorhandling.ConditionalOnErrorHandling;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;
import io.github.kafkaguardrails.pitfall.Enforcement;
import io.github.kafkaguardrails.pitfall.PitfallInspection;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the check of the running
 * application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "io.github.kafkaguardrails.autoconfigure.KafkaGuardrailsAutoConfiguration")
@ConditionalOnErrorHandling
@ConditionalOnBooleanProperty(name = "kafka.guardrails.activity-check.enabled", matchIfMissing = true)
@ConditionalOnBean({ PitfallInspection.class, ClusterCheck.class })
public final class KafkaGuardrailsActivityAutoConfiguration {

	@Bean
	static ActivityPostProcessor kafkaGuardrailsActivityPostProcessor(ObjectProvider<ProducerObserver> producers,
			ObjectProvider<SendObserver> sends) {
		return new ActivityPostProcessor(producers, sends);
	}

	@Bean
	@ConditionalOnMissingBean(EndedRecordsObserver.class)
	EndedRecordsObserver kafkaGuardrailsEndedRecordsObserver() {
		return new EndedRecordsObserver(Clock.systemUTC());
	}

	@Bean
	@ConditionalOnMissingBean(AbnormalStops.class)
	AbnormalStops kafkaGuardrailsAbnormalStops() {
		return new AbnormalStops();
	}

	@Bean
	@ConditionalOnMissingBean(ActivityCheck.class)
	ActivityCheck kafkaGuardrailsActivityCheck(ObjectProvider<ActivitySampler> users, ActivityPostProcessor clients,
			AbnormalStops stops, EndedRecordsObserver endings, ObjectProvider<ParkedKeys> parkedKeys,
			ListableBeanFactory beanFactory, ClusterCheck check, PitfallInspection inspection,
			KafkaGuardrailsProperties properties) {
		Clock clock = Clock.systemUTC();
		Instant begin = clock.instant();
		Supplier<ActivitySampler> sampler = SingletonSupplier
			.of(() -> users.getIfAvailable(() -> new ActivitySampler(clients.producers(),
					new ContainerObserver(new ListenerContainers(beanFactory), stops), clients.sends(), endings,
					parkedKeys.getIfAvailable(ParkedKeys::new)::keyless, new StreamsObserver(beanFactory)::states,
					clock, begin)));
		return new ActivityCheck(sampler, check::check, BackgroundThread.HEAD_START,
				properties.getActivityCheck().getInterval(), inspection.enforcement() != Enforcement.OFF);
	}

}
