package io.github.kafkaguardrails.autoconfigure;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.event.ContainerStoppedEvent;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.EndingStrategy;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingStrategy;
import io.github.kafkaguardrails.errorhandling.EveryStrategy;
import io.github.kafkaguardrails.errorhandling.RetryMode;
import io.github.kafkaguardrails.errorhandling.blockingretry.BlockingRetryAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.deadletter.DeadLetterAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.none.NoRetryAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.orderedretry.OrderedRetryAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.orderedretry.ParkedKeys;
import io.github.kafkaguardrails.errorhandling.retrytopic.RetryTopicAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.skip.SkipAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.stop.StopAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StrategyBeans}.
 */
class StrategyBeansTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, SslAutoConfiguration.class,
				KafkaGuardrailsAutoConfiguration.class, ErrorHandlingAutoConfiguration.class,
				BlockingRetryAutoConfiguration.class, NoRetryAutoConfiguration.class, RetryTopicAutoConfiguration.class,
				OrderedRetryAutoConfiguration.class, DeadLetterAutoConfiguration.class, SkipAutoConfiguration.class,
				StopAutoConfiguration.class))
		.withPropertyValues("spring.kafka.listener.auto-startup=false", "spring.kafka.consumer.group-id=billing",
				"spring.kafka.bootstrap-servers=localhost:1", "spring.kafka.admin.auto-create=false");

	@Test
	void findsTheStrategyOfEverySetting() {
		this.runner.withPropertyValues(EveryStrategy.settings()).run((context) -> {
			StrategyBeans beans = new StrategyBeans(context.getSourceApplicationContext().getBeanFactory());
			assertThat(RetryMode.values()).isNotEmpty()
				.allSatisfy((mode) -> assertThat(beans.strategy(mode).mode()).isEqualTo(mode));
			assertThat(Ending.values()).isNotEmpty()
				.allSatisfy((ending) -> assertThat(beans.ending(ending).ending()).isEqualTo(ending));
		});
	}

	@Test
	void createsOnlyWhatListenersUse() {
		this.runner.withUserConfiguration(Listeners.class)
			.withPropertyValues("kafka.guardrails.listeners.orders.then=stop")
			.run((context) -> {
				MessageListenerContainer container = context.getBean(KafkaListenerEndpointRegistry.class)
					.getListenerContainer("orders");
				context.publishEvent(new ContainerStoppedEvent(Objects.requireNonNull(container), container));
				assertThat(created(context)).containsExactlyInAnyOrder("kafkaGuardrailsBlockingRetryStrategy",
						"kafkaGuardrailsStopEnding");
			});
	}

	@Test
	void hasOnlyTheDefaultsWhenNothingIsSet() {
		this.runner.run((context) -> {
			assertThat(context.getBeanNamesForType(ErrorHandlingStrategy.class))
				.containsExactly("kafkaGuardrailsBlockingRetryStrategy");
			assertThat(context.getBeanNamesForType(EndingStrategy.class))
				.containsExactly("kafkaGuardrailsDeadLetterEnding");
			assertThat(context).doesNotHaveBean(ParkedKeys.class);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "kafka.guardrails.listeners.default.then=skip", "kafka.guardrails.topics.orders.then=SKIP",
			"kafka.guardrails.topics.[orders.*].then=${ending:skip}" })
	void hasAStrategyThatASettingNames(String setting) {
		this.runner.withPropertyValues(setting)
			.run((context) -> assertThat(context.getBeanNamesForType(EndingStrategy.class))
				.containsExactlyInAnyOrder("kafkaGuardrailsDeadLetterEnding", "kafkaGuardrailsSkipEnding"));
	}

	@Test
	void hasAStrategyThatTheEnvironmentNames() {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("KAFKA_GUARDRAILS_LISTENERS_DEFAULT_RETRY_MODE", "ordered"))))
			.run((context) -> assertThat(context).hasSingleBean(ParkedKeys.class));
	}

	@Test
	void hasAllWhileSpringProcessesAheadOfTime() {
		this.runner.withSystemProperties(AbstractAotProcessor.AOT_PROCESSING + "=true")
			.run((context) -> assertThat(context.getBeanNamesForType(EndingStrategy.class))
				.hasSameSizeAs(Ending.values()));
	}

	@Test
	void failsForASettingWithoutAStrategy() {
		StrategyBeans beans = new StrategyBeans(new StaticApplicationContext().getBeanFactory());
		assertThatExceptionOfType(NoSuchBeanDefinitionException.class)
			.isThrownBy(() -> beans.ending(Ending.DEAD_LETTER))
			.withMessageContaining("EndingStrategy")
			.withMessageContaining("dead-letter");
	}

	private static String[] created(ConfigurableApplicationContext context) {
		return Arrays.stream(context.getBeanFactory().getSingletonNames())
			.filter((name) -> context.isTypeMatch(name, ErrorHandlingStrategy.class)
					|| context.isTypeMatch(name, EndingStrategy.class))
			.toArray(String[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		@KafkaListener(id = "orders", topics = "orders")
		void handle(String order) {
		}

	}

}
