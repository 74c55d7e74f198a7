package io.github.kafkaguardrails.samples.orders;

import java.util.Map;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * Starts a broker inside the application when no bootstrap server is given, and stops it
 * behind everything else.
 */
class EmbeddedBroker implements ApplicationContextInitializer<GenericApplicationContext> {

	private static final String BOOTSTRAP_SERVERS = "spring.kafka.bootstrap-servers";

	@Override
	public void initialize(GenericApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		if (environment.containsProperty(BOOTSTRAP_SERVERS)
				|| Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
		// the default name is the property that tells whether a broker is given
		broker.brokerListProperty("orders.embedded-broker");
		broker.brokerProperty("auto.create.topics.enable", "false");
		broker.afterPropertiesSet();
		context.getDefaultListableBeanFactory().registerDisposableBean("embeddedBroker", broker);
		environment.getPropertySources()
			.addFirst(new MapPropertySource("embeddedBroker", Map.of(BOOTSTRAP_SERVERS, broker.getBrokersAsString())));
	}

}
