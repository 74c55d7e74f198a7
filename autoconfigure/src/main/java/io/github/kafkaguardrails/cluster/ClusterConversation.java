package io.github.kafkaguardrails.cluster;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeFeaturesOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.BrokerSetup;
import io.github.kafkaguardrails.setup.ClusterOutage;
import io.github.kafkaguardrails.setup.ClusterSetup;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.GroupSetup;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Asks one cluster. If it describes itself, all else is read part by part: a part that is
 * denied or does not come in time takes no other part with it.
 */
final class ClusterConversation {

	private static final String AUTHORIZER = "authorizer.class.name";

	private final Admin admin;

	private final Map<String, Object> connection;

	private final ClusterQuestions questions;

	private final TimeBox time;

	private final Clock clock;

	ClusterConversation(Admin admin, Map<String, Object> connection, ClusterQuestions questions, TimeBox time,
			Clock clock) {
		this.admin = admin;
		this.connection = connection;
		this.questions = questions;
		this.time = time;
		this.clock = clock;
	}

	ClusterSetup read() throws InterruptedException {
		TimeBox half = this.time.half();
		DescribeClusterResult cluster = this.admin
			.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true).timeoutMs(half.millis()));
		try {
			return read(half.await(cluster.nodes()), half.reading(cluster.authorizedOperations()));
		}
		catch (ExecutionException | TimeoutException ex) {
			return unreachable(Failure.of(ex).outage());
		}
	}

	private ClusterSetup unreachable(ClusterOutage outage) throws InterruptedException {
		ClusterSetup cluster = ClusterSetup.unreachable(this.questions.bootstrapServers(), outage);
		if (outage.kind() != ClusterOutage.Kind.TIMEOUT) {
			return cluster;
		}
		List<Node> advertised = AdvertisedBrokers.ask(this.connection, this.questions.bootstrapServers(), this.time);
		return cluster.withBrokers(new BrokerAddresses(this.time).brokers(advertised));
	}

	private ClusterSetup read(Collection<Node> nodes, Reading<Set<AclOperation>> clusterOperations)
			throws InterruptedException {
		KafkaFuture<Set<String>> names = this.admin
			.listTopics(new ListTopicsOptions().listInternal(true).timeoutMs(this.time.millis()))
			.names();
		KafkaFuture<Map<String, Integer>> features = features();
		List<BrokerSetup> brokers = new BrokerAddresses(this.time).brokers(nodes);
		Reading<Map<String, ConfigValue>> brokerConfig = brokerConfig(nodes);
		Operations operations = new Operations(brokerConfig, this.questions.oneIdentity());
		Reading<Set<String>> topicNames = this.time.reading(names);
		Set<String> existing = topicNames.known().orElse(Set.of());
		Map<String, ClusterQuestions.GroupQuestion> groupQuestions = this.questions.groups(existing);
		Map<String, GroupSetup> groups = new GroupConversation(this.admin, this.time, operations)
			.read(groupQuestions.keySet());
		TopicConversation topics = new TopicConversation(this.admin, this.time,
				new OffsetConversation(this.admin, this.time, this.clock), operations);
		topics.read(this.questions.topics(existing), new NeededAges(groupQuestions, groups));
		return new ClusterSetup(this.questions.bootstrapServers(), null, brokers, brokerConfig,
				this.time.reading(features), operations.of(clusterOperations), topicNames, topics.topics(), groups,
				topics.unreadable());
	}

	private KafkaFuture<Map<String, Integer>> features() {
		return this.admin.describeFeatures(new DescribeFeaturesOptions().timeoutMs(this.time.millis()))
			.featureMetadata()
			.thenApply((metadata) -> metadata.finalizedFeatures()
				.entrySet()
				.stream()
				.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> (int) entry.getValue().maxVersionLevel())));
	}

	private Reading<Map<String, ConfigValue>> brokerConfig(Collection<Node> nodes) throws InterruptedException {
		Optional<Node> node = nodes.stream().findFirst();
		if (node.isEmpty()) {
			return Reading.unknown("the cluster names no broker");
		}
		ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.get().idString());
		ValueOrigin origin = ValueOrigin.cluster("broker " + node.get().idString());
		KafkaFuture<Map<String, ConfigValue>> config = this.admin
			.describeConfigs(List.of(broker), new DescribeConfigsOptions().timeoutMs(this.time.millis()))
			.all()
			.thenApply((configs) -> values(configs.get(broker),
					(entry) -> entry.source() != ConfigEntry.ConfigSource.DEFAULT_CONFIG, origin));
		return this.time.reading(config);
	}

	/** The settings of a topic or broker, those left out that Kafka keeps secret. */
	static Map<String, ConfigValue> values(@Nullable Config config, Predicate<ConfigEntry> set, ValueOrigin origin) {
		Map<String, ConfigValue> values = new TreeMap<>();
		if (config != null) {
			config.entries()
				.stream()
				.filter((entry) -> !entry.isSensitive())
				.forEach((entry) -> values.put(entry.name(), ConfigValue.of(entry.name(), entry.value(),
						set.test(entry) ? origin : ValueOrigin.brokerDefault())));
		}
		return Map.copyOf(values);
	}

	/** Judges what the cluster says about permissions. */
	record Operations(Reading<Map<String, ConfigValue>> brokerConfig, boolean oneIdentity) {

		/**
		 * The operations, or why they say nothing: a cluster without an authorizer allows
		 * everything to everybody.
		 */
		Reading<Set<String>> of(Reading<Set<AclOperation>> answer) {
			Set<AclOperation> operations = answer.known().orElse(Set.of());
			boolean open = this.brokerConfig.known()
				.map((config) -> config.get(AUTHORIZER))
				.map((authorizer) -> authorizer.value() == null || authorizer.text().isBlank())
				.orElse(false);
			if (open) {
				return Reading.unknown("the cluster authorizes nobody");
			}
			if (!this.oneIdentity) {
				return Reading.unknown("the application connects with several identities");
			}
			if (operations.isEmpty()) {
				return Reading.unknown(Optional.ofNullable(answer.problem()).orElse("the cluster did not tell"));
			}
			return Reading.of(operations.stream().map(Enum::name).collect(Collectors.toUnmodifiableSet()));
		}

	}

}
