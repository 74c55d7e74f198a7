package io.github.kafkaguardrails.setup;

import java.util.List;

/**
 * Immutable picture of an application's Kafka wiring: every producer, consumer, admin and
 * streams client, every listener container and listener method, whoever created them,
 * each value with its origin. It holds no bean and no client.
 *
 * @param application the application around the clients
 * @param producers producer factories, and templates with a factory of their own
 * @param consumers consumer factories
 * @param listeners listener containers
 * @param admins admin clients
 * @param streams Kafka Streams applications
 * @since 0.1.0
 */
public record KafkaSetup(ApplicationSetup application, List<ProducerSetup> producers, List<ConsumerSetup> consumers,
		List<ListenerSetup> listeners, List<AdminSetup> admins, List<StreamsSetup> streams) {

	public KafkaSetup {
		producers = List.copyOf(producers);
		consumers = List.copyOf(consumers);
		listeners = List.copyOf(listeners);
		admins = List.copyOf(admins);
		streams = List.copyOf(streams);
	}

	/** The containers of the listeners that the user wrote. */
	public List<ListenerSetup> mainListeners() {
		return this.listeners.stream().filter((listener) -> listener.role() == ListenerSetup.Role.MAIN).toList();
	}

}
