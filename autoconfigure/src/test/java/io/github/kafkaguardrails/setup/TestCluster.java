package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A cluster in the making: three brokers that a sensible operator has set up, which
 * authorizes nobody. A test changes what it is about.
 */
public final class TestCluster {

	static final Set<String> SERVERS = Set.of("localhost:9092");

	public Set<String> bootstrapServers = SERVERS;

	public List<BrokerSetup> brokers = List.of(broker(1), broker(2), broker(3));

	public Reading<Map<String, Integer>> features = Reading
		.of(Map.of("group.version", 1, "share.version", 1, "streams.version", 1, "transaction.version", 2));

	public Reading<Set<String>> operations = Reading.unknown("the cluster authorizes nobody");

	/** Why the configuration of the brokers is not known; known when {@code null}. */
	public @Nullable String brokerConfigProblem;

	private final Map<String, ConfigValue> brokerConfig = new HashMap<>();

	private final Map<String, TopicSetup> topics = new LinkedHashMap<>();

	private final Map<String, GroupSetup> groups = new LinkedHashMap<>();

	private final List<String> otherTopics = new ArrayList<>();

	private final Map<String, String> unreadableTopics = new HashMap<>();

	/** Why the names of the topics are not known; known when {@code null}. */
	public @Nullable String topicNamesProblem;

	TestCluster() {
		brokerDefault("auto.create.topics.enable", "false");
		brokerDefault("authorizer.class.name", "");
		brokerDefault("default.replication.factor", "3");
		brokerDefault("num.partitions", "1");
		brokerDefault("min.insync.replicas", "2");
		brokerDefault("offsets.retention.minutes", "10080");
		brokerDefault("group.min.session.timeout.ms", "6000");
		brokerDefault("group.max.session.timeout.ms", "1800000");
		brokerDefault("transaction.max.timeout.ms", "900000");
		brokerDefault("transaction.state.log.replication.factor", "3");
		brokerDefault("group.coordinator.rebalance.protocols", "classic,consumer,streams");
	}

	/** A broker on another machine. */
	public static BrokerSetup broker(int id) {
		return new BrokerSetup(id, "kafka-" + id, 9092, null, BrokerSetup.Address.REMOTE);
	}

	/** A setting that somebody gave the brokers. */
	public TestCluster broker(String key, String value) {
		this.brokerConfig.put(key, ConfigValue.of(key, value, ValueOrigin.cluster("broker 1")));
		return this;
	}

	/** A setting of the brokers that nobody set. */
	public TestCluster brokerDefault(String key, String value) {
		this.brokerConfig.put(key, ConfigValue.of(key, value, ValueOrigin.brokerDefault()));
		return this;
	}

	/** A topic with three partitions, three replicas each, all in sync. */
	public TestCluster topic(String name) {
		return topic(name, (topic) -> {
		});
	}

	public TestCluster topic(String name, Consumer<TopicBuilder> customizer) {
		TopicBuilder builder = new TopicBuilder(name);
		customizer.accept(builder);
		this.topics.put(name, builder.build());
		return this;
	}

	public TestCluster missingTopic(String name) {
		this.topics.put(name, TopicSetup.missing(name));
		return this;
	}

	/** A topic that the application may not describe. */
	public TestCluster unreadableTopic(String name, String reason) {
		this.unreadableTopics.put(name, reason);
		return this;
	}

	/** A topic of somebody else, of which only the name is known. */
	public TestCluster otherTopic(String name) {
		this.otherTopics.add(name);
		return this;
	}

	/** A group with committed offsets by topic and partition. */
	public TestCluster group(String id, Map<String, Map<Integer, Long>> committed) {
		return group(new GroupSetup(id, Reading.of(committed), Reading.unknown("the cluster authorizes nobody")));
	}

	public TestCluster group(GroupSetup group) {
		this.groups.put(group.id(), group);
		return this;
	}

	ClusterSetup build() {
		List<String> names = new ArrayList<>(this.otherTopics);
		this.topics.values().stream().filter(TopicSetup::exists).map(TopicSetup::name).forEach(names::add);
		Reading<Map<String, ConfigValue>> config = (this.brokerConfigProblem != null)
				? Reading.unknown(this.brokerConfigProblem) : Reading.of(Map.copyOf(this.brokerConfig));
		return new ClusterSetup(this.bootstrapServers, null, this.brokers, config, this.features, this.operations,
				(this.topicNamesProblem != null) ? Reading.unknown(this.topicNamesProblem)
						: Reading.of(Set.copyOf(names)),
				this.topics, this.groups, this.unreadableTopics);
	}

	/** A topic in the making. */
	public static final class TopicBuilder {

		private final String name;

		public int partitions = 3;

		public List<Integer> replicas = List.of(1, 2, 3);

		public List<Integer> inSync = List.of(1, 2, 3);

		public @Nullable Integer leader = 1;

		public Reading<PartitionSetup.Offsets> offsets = Reading.of(new PartitionSetup.Offsets(0, 0));

		public Map<Duration, Long> offsetsByAge = Map.of();

		public Reading<Set<String>> operations = Reading.unknown("the cluster authorizes nobody");

		/** Why the configuration is not known; known when {@code null}. */
		public @Nullable String configProblem;

		private final Map<String, ConfigValue> config = new HashMap<>();

		private TopicBuilder(String name) {
			this.name = name;
			byDefault("cleanup.policy", "delete");
			byDefault("min.insync.replicas", "2");
			byDefault("retention.ms", "604800000");
			byDefault("segment.ms", "604800000");
			byDefault("unclean.leader.election.enable", "false");
			byDefault("max.message.bytes", "1048588");
		}

		/** A setting that somebody gave the topic. */
		public TopicBuilder set(String key, String value) {
			this.config.put(key, ConfigValue.of(key, value, ValueOrigin.cluster("topic '" + this.name + "'")));
			return this;
		}

		/** A setting that nobody gave the topic. */
		public TopicBuilder byDefault(String key, String value) {
			this.config.put(key, ConfigValue.of(key, value, ValueOrigin.brokerDefault()));
			return this;
		}

		private TopicSetup build() {
			List<PartitionSetup> parts = IntStream.range(0, this.partitions)
				.mapToObj((number) -> new PartitionSetup(number, this.leader, this.replicas, this.inSync, this.offsets,
						this.offsetsByAge))
				.toList();
			return new TopicSetup(this.name, true, parts, (this.configProblem != null)
					? Reading.unknown(this.configProblem) : Reading.of(Map.copyOf(this.config)), this.operations);
		}

	}

}
