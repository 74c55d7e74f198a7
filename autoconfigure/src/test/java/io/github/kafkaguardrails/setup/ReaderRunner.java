package io.github.kafkaguardrails.setup;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs contexts with Spring Boot's Kafka support, no broker and no started container, and
 * takes their picture.
 */
final class ReaderRunner {

	private ReaderRunner() {
	}

	/** A context without any file. */
	static ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, SslAutoConfiguration.class))
			.withPropertyValues("spring.kafka.listener.auto-startup=false", "spring.kafka.admin.auto-create=false");
	}

	/** A context with {@code setup-reader.yml}. */
	static ApplicationContextRunner fileRunner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, SslAutoConfiguration.class))
			.withPropertyValues("spring.config.name=setup-reader")
			.withInitializer(new ConfigDataApplicationContextInitializer());
	}

	/** Run a context and look at its picture. */
	static void picture(ApplicationContextRunner runner, Consumer<KafkaSetup> assertions) {
		runner.run((context) -> assertions.accept(read(context)));
	}

	static KafkaSetup read(AssertableApplicationContext context) {
		return new KafkaSetupReader(context.getSourceApplicationContext(ConfigurableApplicationContext.class),
				() -> Set.of("producer-acks-not-all"), () -> List.of("retry.mode"))
			.read();
	}

	static ListenerSetup listener(KafkaSetup setup, String id) {
		return setup.listeners().stream().filter((listener) -> listener.id().equals(id)).findFirst().orElseThrow();
	}

	static ProducerSetup producer(KafkaSetup setup, String name) {
		return setup.producers().stream().filter((producer) -> producer.name().equals(name)).findFirst().orElseThrow();
	}

}
