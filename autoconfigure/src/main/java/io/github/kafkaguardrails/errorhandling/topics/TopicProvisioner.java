package io.github.kafkaguardrails.errorhandling.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;

/**
 * Makes sure that a topic for failing records is there: with the partition count,
 * replication factor and {@code min.insync.replicas} of its source, never compacted, kept
 * without a time limit, and with room for the headers that a failure adds. A topic that
 * exists is only ever given more partitions. What was found good is remembered. Safe for
 * use by several threads; a call blocks for {@value #TIMEOUT_SECONDS} s at the most for
 * each of at most four requests.
 *
 * @since 0.1.0
 */
public final class TopicProvisioner {

	private static final int TIMEOUT_SECONDS = 5;

	private static final int HEADER_ROOM = 64 * 1024;

	private static final Log logger = LogFactory.getLog(TopicProvisioner.class);

	private final Provisioning provisioning;

	private final String clientId;

	private final Map<Target, Integer> partitions = new ConcurrentHashMap<>();

	public TopicProvisioner(Provisioning provisioning, String clientId) {
		this.provisioning = provisioning;
		this.clientId = clientId;
	}

	/**
	 * Make sure that a topic is there.
	 * @param connection the cluster
	 * @param source the topic that records come from
	 * @param target the topic that they go to
	 * @return number of partitions of the target, or {@code null} when nobody asked for
	 * provisioning
	 * @throws KafkaException when the topic is missing, could not be made, or nobody
	 * answered in time
	 */
	public @Nullable Integer ensure(Connection connection, String source, String target) {
		try (Session session = open(connection)) {
			return session.ensure(source, target);
		}
	}

	/** Look after several topics of a cluster with one client. */
	Session open(Connection connection) {
		return new Session(connection);
	}

	/**
	 * What a topic takes.
	 * @param connection the cluster
	 * @param topic the topic
	 * @return its limits, or nothing when it does not exist
	 * @throws KafkaException when nobody answered in time
	 */
	Optional<TopicLimits> limits(Connection connection, String topic) {
		try (Session session = open(connection)) {
			Admin admin = session.admin();
			TopicDescription description = describe(admin, topic);
			if (description == null) {
				return Optional.empty();
			}
			int partitions = description.partitions().size();
			try {
				ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
				Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
				return Optional.of(TopicLimits.of(partitions, config));
			}
			catch (ExecutionException ex) {
				logger.debug("The configuration of topic '" + topic + "' cannot be read", ex);
				return Optional.of(TopicLimits.of(partitions, null));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new KafkaException("Interrupted while looking at topic '" + topic + "'", ex);
		}
		catch (ExecutionException | org.apache.kafka.common.KafkaException ex) {
			throw new KafkaException("Topic '" + topic + "' cannot be described: " + ex, ex);
		}
	}

	/**
	 * Delete records.
	 * @param connection the cluster
	 * @param offsets for each partition the first offset to keep
	 * @throws KafkaException when that failed, for example because it is not allowed
	 */
	void deleteBefore(Connection connection, Map<TopicPartition, Long> offsets) {
		Map<TopicPartition, RecordsToDelete> records = new HashMap<>();
		offsets.forEach((partition, offset) -> records.put(partition, RecordsToDelete.beforeOffset(offset)));
		try (Session session = open(connection)) {
			session.admin().deleteRecords(records).all().get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new KafkaException("Interrupted while deleting records", ex);
		}
		catch (ExecutionException | org.apache.kafka.common.KafkaException ex) {
			throw new KafkaException("Records of " + offsets.keySet() + " cannot be deleted: " + ex, ex);
		}
	}

	/** Forget what is known of a topic, because a write to it has failed. */
	public void forget(Connection connection, String target) {
		this.partitions.remove(new Target(connection, target));
	}

	private int ensure(Admin admin, String source, String target) throws InterruptedException, ExecutionException {
		TopicDescription existing = describe(admin, target);
		if (this.provisioning == Provisioning.VERIFY) {
			if (existing == null) {
				throw new KafkaException(
						"Topic '" + target + "' does not exist and kafka.guardrails.topics.provisioning"
								+ " is 'verify': create it with the partitions of '" + source + "'");
			}
			return existing.partitions().size();
		}
		TopicDescription model = describe(admin, source);
		if (model == null) {
			throw new KafkaException(
					"Topic '" + source + "' does not exist, so that '" + target + "' cannot follow it");
		}
		if (existing == null) {
			return create(admin, model, target);
		}
		if (existing.partitions().size() < model.partitions().size()) {
			admin.createPartitions(Map.of(target, NewPartitions.increaseTo(model.partitions().size()))).all().get();
			logger.info(String.format("Topic '%s' grew from %d to %d partitions, like '%s'", target,
					existing.partitions().size(), model.partitions().size(), source));
			return model.partitions().size();
		}
		return existing.partitions().size();
	}

	private int create(Admin admin, TopicDescription model, String target)
			throws InterruptedException, ExecutionException {
		int count = model.partitions().size();
		short replication = (short) model.partitions().get(0).replicas().size();
		NewTopic topic = new NewTopic(target, count, replication).configs(configs(admin, model.name()));
		try {
			admin.createTopics(List.of(topic)).all().get();
			logger.info(String.format("Created topic '%s' with %d partitions and %d replicas, like '%s'", target, count,
					replication, model.name()));
		}
		catch (ExecutionException ex) {
			if (!(ex.getCause() instanceof TopicExistsException)) {
				throw ex;
			}
		}
		return count;
	}

	private static Map<String, String> configs(Admin admin, String source)
			throws InterruptedException, ExecutionException {
		ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, source);
		Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
		Map<String, String> configs = new HashMap<>();
		configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
		configs.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
		configs.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
		ConfigEntry minInsync = (config != null) ? config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG) : null;
		if (minInsync != null && minInsync.value() != null) {
			configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, minInsync.value());
		}
		ConfigEntry maxBytes = (config != null) ? config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG) : null;
		if (maxBytes != null && maxBytes.value() != null) {
			long bytes = Math.min(Integer.MAX_VALUE, Long.parseLong(maxBytes.value()) + HEADER_ROOM);
			configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(bytes));
		}
		return configs;
	}

	private static @Nullable TopicDescription describe(Admin admin, String topic)
			throws InterruptedException, ExecutionException {
		KafkaFuture<TopicDescription> future = admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
		try {
			return (future != null) ? future.get() : null;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnknownTopicOrPartitionException) {
				return null;
			}
			throw ex;
		}
	}

	/** A connection to a cluster, opened when it is needed. Used by one thread. */
	final class Session implements AutoCloseable {

		private final Connection connection;

		private @Nullable Admin admin;

		private Session(Connection connection) {
			this.connection = connection;
		}

		/** Like {@link TopicProvisioner#ensure(Connection, String, String)}. */
		@Nullable Integer ensure(String source, String target) {
			if (TopicProvisioner.this.provisioning == Provisioning.NONE) {
				return null;
			}
			Target key = new Target(this.connection, target);
			Integer known = TopicProvisioner.this.partitions.get(key);
			if (known != null) {
				return known;
			}
			try {
				int count = TopicProvisioner.this.ensure(admin(), source, target);
				TopicProvisioner.this.partitions.put(key, count);
				return count;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new KafkaException("Interrupted while looking for topic '" + target + "'", ex);
			}
			catch (ExecutionException | org.apache.kafka.common.KafkaException ex) {
				Throwable cause = (ex instanceof ExecutionException && ex.getCause() != null) ? ex.getCause() : ex;
				throw new KafkaException("Topic '" + target + "' cannot be provided: " + cause, cause);
			}
		}

		private Admin admin() {
			Admin client = this.admin;
			if (client == null) {
				client = Admin
					.create(this.connection.admin(TopicProvisioner.this.clientId, Duration.ofSeconds(TIMEOUT_SECONDS)));
				this.admin = client;
			}
			return client;
		}

		/** A close that waited would wait for requests that nobody answers. */
		@Override
		public void close() {
			if (this.admin != null) {
				this.admin.close(Duration.ZERO);
			}
		}

	}

	/** A topic in a cluster. */
	private record Target(Connection connection, String topic) {

	}

}
