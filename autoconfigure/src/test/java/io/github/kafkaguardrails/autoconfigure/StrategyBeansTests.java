package io.github.kafkaguardrails.autoconfigure;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.event.ContainerStoppedEvent;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.github.kafkaguardrails.errorhandling.Ending;
import io.github.kafkaguardrails.errorhandling.EndingStrategy;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingStrategy;
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
		this.runner.withPropertyValues("kafka.guardrails.topics.provisioning=none").run((context) -> {
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
	@ValueSource(strings = { "kafka.guardrails.listeners.default.then=skip",
			"kafka.guardrails.topics.[orders.*].then=stop", "kafka.guardrails.topics.orders.retry.mode=" })
	void hasAllWhenAnythingIsSet(String setting) {
		this.runner.withPropertyValues(setting).run(StrategyBeansTests::hasAll);
	}

	@Test
	void hasAllWhenTheEnvironmentSetsSomething() {
		this.runner
			.withInitializer((context) -> addSource(context,
					new SystemEnvironmentPropertySource("test-systemEnvironment",
							Map.of("KAFKA_GUARDRAILS_LISTENERS_DEFAULT_RETRY_MODE", "ordered"))))
			.run(StrategyBeansTests::hasAll);
	}

	@Test
	void hasAllWhenASourceCannotTellWhatItSets() {
		this.runner.withInitializer((context) -> addSource(context, new PropertySource<>("cannot-tell", new Object()) {

			@Override
			public @Nullable Object getProperty(String name) {
				return null;
			}

		})).run(StrategyBeansTests::hasAll);
	}

	@Test
	void hasAllWhenAConfigurationClassAddsTheSettings() {
		this.runner.withConfiguration(AutoConfigurations.of(AddingSettings.class)).run(StrategyBeansTests::hasAll);
	}

	@Test
	void hasAllWhileSpringProcessesAheadOfTime() {
		this.runner.withSystemProperties(AbstractAotProcessor.AOT_PROCESSING + "=true").run(StrategyBeansTests::hasAll);
	}

	@Test
	void failsForASettingWithoutAStrategy() {
		StrategyBeans beans = new StrategyBeans(new StaticApplicationContext().getBeanFactory());
		assertThatExceptionOfType(NoSuchBeanDefinitionException.class)
			.isThrownBy(() -> beans.ending(Ending.DEAD_LETTER))
			.withMessageContaining("EndingStrategy")
			.withMessageContaining("dead-letter");
	}

	private static void hasAll(AssertableApplicationContext context) {
		assertThat(context.getBeanNamesForType(EndingStrategy.class)).hasSameSizeAs(Ending.values());
		assertThat(context.getBeanNamesForType(ErrorHandlingStrategy.class)).hasSameSizeAs(RetryMode.values());
	}

	private static void addSource(ConfigurableApplicationContext context, PropertySource<?> source) {
		context.getEnvironment().getPropertySources().addFirst(source);
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

	/** Behind the strategies. */
	@AutoConfiguration(after = StopAutoConfiguration.class)
	@org.springframework.context.annotation.PropertySource("classpath:strategy-beans-tests.properties")
	static class AddingSettings {

	}

}
