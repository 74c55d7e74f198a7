package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.SerdeSetup;
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
		setup.producers()
			.stream()
			.filter((producer) -> !producer.customized())
			.forEach((producer) -> clients.add(new ConfiguredClient(producer.subject(), producer.config(),
					names(producer.keySerializer(), producer.valueSerializer()))));
		setup.consumers()
			.forEach((consumer) -> clients.add(new ConfiguredClient(consumer.subject(), consumer.config(), List.of())));
		setup.listeners()
			.forEach((listener) -> clients.add(new ConfiguredClient(listener.subject(), listener.consumer(),
					names(listener.keyDeserializer(), listener.valueDeserializer()))));
		setup.admins()
			.forEach((admin) -> clients.add(new ConfiguredClient(admin.subject(), admin.config(), List.of())));
		setup.streams()
			.forEach((streams) -> clients.add(new ConfiguredClient(streams.subject(), streams.config(), List.of())));
		return clients;
	}

	private static List<String> names(SerdeSetup key, SerdeSetup value) {
		return Stream.of(key, value)
			.flatMap((serde) -> Stream.of(serde.className(), serde.effectiveClassName()))
			.distinct()
			.toList();
	}

}
