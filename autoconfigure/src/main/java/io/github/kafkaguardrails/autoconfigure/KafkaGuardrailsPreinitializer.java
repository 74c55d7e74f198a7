package io.github.kafkaguardrails.autoconfigure;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.config.SingletonBeanRegistry;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

import io.github.kafkaguardrails.pitfall.PitfallCatalogue;
import io.github.kafkaguardrails.pitfall.PitfallReport;
import io.github.kafkaguardrails.pitfall.PitfallSettings;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.KafkaSetupReader;

/**
 * Inspects a made-up application while Spring Boot creates the beans of the real one. The
 * check for errors at start-up then finds its rules, and the definitions of the clients,
 * loaded: they are most of what it costs. Runs on the thread that Spring Boot has for
 * this, if it has one; starts and contacts nothing. The result is dropped, and so is a
 * failure.
 */
final class KafkaGuardrailsPreinitializer implements BackgroundPreinitializer {

	/** Nobody is asked for the address of this one. */
	private static final String SERVERS = "127.0.0.1:9092";

	@Override
	public void preinitialize() {
		inspect();
	}

	static PitfallReport inspect() {
		PitfallCatalogue catalogue = PitfallCatalogue.load(List.of(),
				KafkaGuardrailsPreinitializer.class.getClassLoader());
		try (GenericApplicationContext application = new GenericApplicationContext()) {
			addProperties(application);
			addClients(application.getBeanFactory());
			KafkaSetup setup = new KafkaSetupReader(application, catalogue::ids, List::of).read();
			return catalogue.checkForErrors(setup, PitfallSettings.defaults(), LocalDate.EPOCH);
		}
	}

	private static void addProperties(GenericApplicationContext application) {
		application.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("example", Map.of("spring.kafka.consumer.group-id", "example")));
		ConfigurationPropertySources.attach(application.getEnvironment());
	}

	private static void addClients(SingletonBeanRegistry beans) {
		ConsumerFactory<String, String> consumers = new DefaultKafkaConsumerFactory<>(
				Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, SERVERS, ConsumerConfig.GROUP_ID_CONFIG, "example",
						ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class,
						ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class));
		beans.registerSingleton("consumers", consumers);
		beans.registerSingleton("producers",
				new DefaultKafkaProducerFactory<>(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, SERVERS,
						ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class,
						ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class)));
		beans.registerSingleton("admin", new KafkaAdmin(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, SERVERS)));
		beans.registerSingleton("container",
				new KafkaMessageListenerContainer<>(consumers, new ContainerProperties("example")));
	}

}
