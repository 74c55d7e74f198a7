package io.github.kafkaguardrails.setup;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What an admin client saw of a Kafka cluster, as far as the application is concerned
 * with it. A picture: nothing here asks the cluster again.
 *
 * @param bootstrapServers addresses by which the application's clients reach it
 * @param outage why it could not be read, or {@code null} when it answered; if it did
 * not, all other parts but the brokers are empty or not known
 * @param brokers the brokers; of a cluster that did not answer, those to which a
 * bootstrap server sends clients, as far as it told
 * @param brokerConfig configuration of one broker by key
 * @param features finalized feature levels by name, for example {@code group.version}
 * @param operations what the application may do with the cluster, names of
 * {@code AclOperation}; not known when the cluster authorizes nobody
 * @param topicNames names of all topics that the application may see
 * @param topics the topics that the application uses, and the cluster's internal ones, by
 * name; those that do not exist included
 * @param groups the consumer groups of the application by id
 * @param unreadableTopics why a topic that the application uses could not be described,
 * by name; such a topic is not among {@code topics}, nobody knows whether it exists
 * @since 0.1.0
 */
public record ClusterSetup(Set<String> bootstrapServers, @Nullable ClusterOutage outage, List<BrokerSetup> brokers,
		Reading<Map<String, ConfigValue>> brokerConfig, Reading<Map<String, Integer>> features,
		Reading<Set<String>> operations, Reading<Set<String>> topicNames, Map<String, TopicSetup> topics,
		Map<String, GroupSetup> groups, Map<String, String> unreadableTopics) {

	public ClusterSetup {
		bootstrapServers = Set.copyOf(bootstrapServers);
		brokers = List.copyOf(brokers);
		topics = Map.copyOf(topics);
		groups = Map.copyOf(groups);
		unreadableTopics = Map.copyOf(unreadableTopics);
	}

	/** A cluster that could not be read. */
	public static ClusterSetup unreachable(Collection<String> bootstrapServers, ClusterOutage outage) {
		String reason = outage.reason();
		return new ClusterSetup(Set.copyOf(bootstrapServers), outage, List.of(), Reading.unknown(reason),
				Reading.unknown(reason), Reading.unknown(reason), Reading.unknown(reason), Map.of(), Map.of(),
				Map.of());
	}

	/** A copy with these brokers. */
	public ClusterSetup withBrokers(List<BrokerSetup> brokers) {
		return new ClusterSetup(this.bootstrapServers, this.outage, brokers, this.brokerConfig, this.features,
				this.operations, this.topicNames, this.topics, this.groups, this.unreadableTopics);
	}

	/** Whether the cluster answered. */
	public boolean readable() {
		return this.outage == null;
	}

	/** A topic that exists; empty when it does not or was not asked for. */
	public Optional<TopicSetup> topic(String name) {
		return Optional.ofNullable(this.topics.get(name)).filter(TopicSetup::exists);
	}

	/** A broker's setting; empty when it could not be read. */
	public Optional<ConfigValue> brokerSetting(String key) {
		return this.brokerConfig.known().map((config) -> config.get(key));
	}

	public Subject subject() {
		return new Subject(Subject.Kind.CLUSTER, String.join(",", this.bootstrapServers.stream().sorted().toList()));
	}

}
