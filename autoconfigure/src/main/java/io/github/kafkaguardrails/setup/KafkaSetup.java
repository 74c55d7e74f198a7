package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Immutable picture of an application's Kafka wiring: every producer, consumer, admin and
 * streams client, every listener container and listener method, whoever created them,
 * each value with its origin. It holds no bean and no client. What only the cluster can
 * tell is in it once the cluster has been read, what only time can tell once it has been
 * observed.
 *
 * @param application the application around the clients
 * @param producers producer factories, and templates with a factory of their own
 * @param consumers consumer factories
 * @param listeners listener containers
 * @param admins admin clients
 * @param streams Kafka Streams applications
 * @param topics topics that the application declares
 * @param clusters the clusters as they were read last; empty before that
 * @param activity what was observed while running; {@link ActivitySetup#NONE} before that
 * @since 0.1.0
 */
public record KafkaSetup(ApplicationSetup application, List<ProducerSetup> producers, List<ConsumerSetup> consumers,
		List<ListenerSetup> listeners, List<AdminSetup> admins, List<StreamsSetup> streams,
		List<DeclaredTopicSetup> topics, List<ClusterSetup> clusters, ActivitySetup activity) {

	public KafkaSetup {
		producers = List.copyOf(producers);
		consumers = List.copyOf(consumers);
		listeners = List.copyOf(listeners);
		admins = List.copyOf(admins);
		streams = List.copyOf(streams);
		topics = List.copyOf(topics);
		clusters = List.copyOf(clusters);
	}

	/** A copy with what the clusters were found to be. */
	public KafkaSetup withClusters(List<ClusterSetup> clusters) {
		return new KafkaSetup(this.application, this.producers, this.consumers, this.listeners, this.admins,
				this.streams, this.topics, clusters, this.activity);
	}

	/** A copy with what was observed while running. */
	public KafkaSetup withActivity(ActivitySetup activity) {
		return new KafkaSetup(this.application, this.producers, this.consumers, this.listeners, this.admins,
				this.streams, this.topics, this.clusters, activity);
	}

	/** The clusters that answered. */
	public List<ClusterSetup> readableClusters() {
		return this.clusters.stream().filter(ClusterSetup::readable).toList();
	}

	/**
	 * The cluster that a client talks to; empty when it has not been read or did not
	 * answer.
	 */
	public Optional<ClusterSetup> cluster(ClientConfig client) {
		Set<String> servers = Set.copyOf(client.list("bootstrap.servers"));
		for (ClusterSetup cluster : this.clusters) {
			if (cluster.readable() && cluster.bootstrapServers().equals(servers)) {
				return Optional.of(cluster);
			}
		}
		return Optional.empty();
	}

	/** The containers of the listeners that the user wrote. */
	public List<ListenerSetup> mainListeners() {
		List<ListenerSetup> main = new ArrayList<>();
		for (ListenerSetup listener : this.listeners) {
			if (listener.role() == ListenerSetup.Role.MAIN) {
				main.add(listener);
			}
		}
		return List.copyOf(main);
	}

}
