package io.github.kafkaguardrails.autoconfigure;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;

import io.github.kafkaguardrails.errorhandling.blockingretry.BlockingRetryAutoConfiguration;
import io.github.kafkaguardrails.errorhandling.deadletter.DeadLetterAutoConfiguration;
import io.github.kafkaguardrails.pitfall.Finding;
import io.github.kafkaguardrails.pitfall.rules.ListenerFactoryBypassesBootProperties;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.KafkaSetupReader;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for the safe default of a container's pause after a refused authentication. */
class AuthenticationRetryTests {

	private static final String INTERVAL = "spring.kafka.listener.auth-exception-retry-interval";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, ErrorHandlingAutoConfiguration.class,
				BlockingRetryAutoConfiguration.class, DeadLetterAutoConfiguration.class))
		.withPropertyValues("spring.kafka.bootstrap-servers=localhost:1", "spring.kafka.listener.auto-startup=false",
				"spring.kafka.admin.auto-create=false", "spring.kafka.security.protocol=SSL");

	@Test
	void isNotTakenForABypassedProperty() {
		this.runner.withUserConfiguration(BootFactory.class).run((context) -> {
			assertThat(interval(context)).isEqualTo("PT10S");
			assertThat(findings(context)).isEmpty();
		});
	}

	@Test
	void leavesTheValueOfTheUserAlone() {
		this.runner.withUserConfiguration(BootFactory.class).withPropertyValues(INTERVAL + "=30s").run((context) -> {
			assertThat(interval(context)).isEqualTo("PT30S");
			assertThat(findings(context)).isEmpty();
		});
	}

	@Test
	void doesNotHideThatAFactoryBypassesTheProperty() {
		ApplicationContextRunner bypassing = this.runner.withUserConfiguration(OwnFactory.class)
			.withPropertyValues(INTERVAL + "=30s");
		bypassing.run((context) -> assertThat(findings(context)).hasSize(1));
		bypassing.withPropertyValues("kafka.guardrails.safe-defaults=false").run((context) -> {
			assertThat(interval(context)).isEmpty();
			assertThat(findings(context)).hasSize(1);
		});
	}

	private static @Nullable String interval(AssertableApplicationContext context) {
		KafkaSetup setup = read(context);
		assertThat(setup.listeners()).hasSize(1);
		return setup.listeners().get(0).container().bootValues().get(INTERVAL);
	}

	private static List<Finding> findings(AssertableApplicationContext context) {
		return new ListenerFactoryBypassesBootProperties().check(read(context))
			.stream()
			.filter((finding) -> finding.toString().contains(INTERVAL))
			.toList();
	}

	private static KafkaSetup read(AssertableApplicationContext context) {
		return new KafkaSetupReader(context.getSourceApplicationContext(ConfigurableApplicationContext.class), Set::of,
				List::of)
			.read();
	}

	@Configuration(proxyBeanMethods = false)
	static class BootFactory {

		@KafkaListener(id = "orders", topics = "orders")
		void handle(String value) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFactory extends BootFactory {

		@Bean
		static ConcurrentKafkaListenerContainerFactory<Object, Object> kafkaListenerContainerFactory(
				ConsumerFactory<Object, Object> consumers) {
			ConcurrentKafkaListenerContainerFactory<Object, Object> factory = new ConcurrentKafkaListenerContainerFactory<>();
			factory.setConsumerFactory(consumers);
			factory.setAutoStartup(false);
			return factory;
		}

	}

}
