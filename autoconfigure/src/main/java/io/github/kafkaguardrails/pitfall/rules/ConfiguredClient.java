package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

import io.github.kafkaguardrails.setup.AdminSetup;
import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConsumerSetup;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.ListenerSetup;
import io.github.kafkaguardrails.setup.ProducerSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;
import io.github.kafkaguardrails.setup.StreamsSetup;
import io.github.kafkaguardrails.setup.Subject;

/**
 * A client of the application, whatever its kind.
 *
 * @param subject what is configured
 * @param config the configuration that it runs with
 * @param serdes classes of its (de)serializers, also of those given as objects
 */
record ConfiguredClient(Subject subject, ClientConfig config, List<String> serdes) {

	/**
	 * All clients whose configuration is final. A producer factory that overrides how
	 * producers are created is left out, because it may still change what it was given.
	 */
	static List<ConfiguredClient> of(KafkaSetup setup) {
		List<ConfiguredClient> clients = new ArrayList<>();
		for (ProducerSetup producer : setup.producers()) {
			if (!producer.customized()) {
				List<String> serdes = names(producer.keySerializer(), producer.valueSerializer());
				clients.add(new ConfiguredClient(producer.subject(), producer.config(), serdes));
			}
		}
		for (ConsumerSetup consumer : setup.consumers()) {
			clients.add(new ConfiguredClient(consumer.subject(), consumer.config(), List.of()));
		}
		for (ListenerSetup listener : setup.listeners()) {
			List<String> serdes = names(listener.keyDeserializer(), listener.valueDeserializer());
			clients.add(new ConfiguredClient(listener.subject(), listener.consumer(), serdes));
		}
		for (AdminSetup admin : setup.admins()) {
			clients.add(new ConfiguredClient(admin.subject(), admin.config(), List.of()));
		}
		for (StreamsSetup streams : setup.streams()) {
			clients.add(new ConfiguredClient(streams.subject(), streams.config(), List.of()));
		}
		return clients;
	}

	private static List<String> names(SerdeSetup key, SerdeSetup value) {
		List<String> names = List.of(key.className(), key.effectiveClassName(), value.className(),
				value.effectiveClassName());
		return List.copyOf(new LinkedHashSet<>(names));
	}

}
