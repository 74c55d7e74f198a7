package io.github.kafkaguardrails.errorhandling.topics;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;

import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.ListenerContext;
import io.github.kafkaguardrails.errorhandling.topics.RawRecords.RawRecord;

/**
 * All that strategies and endings do with topics: they say which ones they need, read the
 * original bytes of a failed record, and write records. Safe for use by several threads;
 * reads and writes block for a bounded time and belong on a consumer thread, never on the
 * thread that starts the application.
 *
 * @since 0.1.0
 */
public final class FailedRecordTopics implements AutoCloseable {

	private static final int MAX_LOOKS = 20;

	private static final Duration LOOK_PAUSE = Duration.ofMillis(50);

	private static final Log logger = LogFactory.getLog(FailedRecordTopics.class);

	private final Provisioning provisioning;

	private final String clientId;

	private final Clock clock;

	private volatile @Nullable Clients clients;

	private final List<NeededTopic> needed = new CopyOnWriteArrayList<>();

	/**
	 * The topics of an application.
	 * @param provisioning what is done about missing ones
	 * @param clientId prefix of the client ids
	 * @param clock the time
	 */
	public FailedRecordTopics(Provisioning provisioning, String clientId, Clock clock) {
		this.provisioning = provisioning;
		this.clientId = clientId;
		this.clock = clock;
	}

	private Clients clients() {
		Clients made = this.clients;
		return (made != null) ? made : makeClients();
	}

	private synchronized Clients makeClients() {
		Clients made = this.clients;
		if (made == null) {
			made = Clients.of(this.provisioning, this.clientId, this.clock);
			this.clients = made;
		}
		return made;
	}

	/**
	 * Say that a listener needs a topic for each of its source topics. Topics of a
	 * pattern are provided when the first record fails.
	 */
	public void need(Connection connection, ListenerContext listener, TopicTemplate template) {
		for (String source : listener.topics()) {
			this.needed.add(new NeededTopic(connection, listener, source, template.name(source, listener.groupName())));
		}
	}

	/** The topics that listeners need at present. */
	public List<NeededTopic> needed() {
		List<NeededTopic> topics = new ArrayList<>();
		for (NeededTopic topic : this.needed) {
			if (topic.listener().handled()) {
				topics.add(topic);
			}
		}
		return topics;
	}

	/**
	 * Provide every needed topic. A topic that cannot be provided is logged and tried
	 * again when the first record goes there. Ends early when its thread is interrupted.
	 */
	public void provideNeeded() {
		Map<Connection, List<NeededTopic>> topics = needed().stream()
			.collect(Collectors.groupingBy(NeededTopic::connection, LinkedHashMap::new, Collectors.toList()));
		List<String> problems = new ArrayList<>();
		topics.forEach((connection, ofConnection) -> problems.addAll(provide(connection, ofConnection)));
		if (!problems.isEmpty()) {
			logger.warn(problems.size() + " topic(s) for failing records are not available yet, the first: "
					+ problems.get(0));
		}
	}

	private List<String> provide(Connection connection, List<NeededTopic> topics) {
		List<String> problems = new ArrayList<>();
		try (TopicProvisioner.Session session = clients().provisioner().open(connection)) {
			for (NeededTopic topic : topics) {
				try {
					session.ensure(topic.source(), topic.name());
				}
				catch (KafkaException ex) {
					if (Thread.currentThread().isInterrupted()) {
						return List.of();
					}
					problems.add(String.valueOf(ex.getMessage()));
				}
			}
		}
		return problems;
	}

	/** The record as it is stored in the topic that it was consumed from. */
	public RawRecord original(Connection connection, FailedRecord failed) {
		return clients().raw().of(connection, failed);
	}

	/**
	 * Write a record and wait until it is safe. Its partition is kept if the topic has
	 * it; if not, the key decides.
	 * @param connection the cluster
	 * @param source the topic that the record comes from
	 * @param record the record
	 * @throws KafkaException when it could not be written in time
	 */
	public void write(Connection connection, String source, ProducerRecord<byte[], byte[]> record) {
		Integer partitions = clients().provisioner().ensure(connection, source, record.topic());
		try {
			clients().publisher().publish(connection, fitting(record, partitions));
		}
		catch (KafkaException ex) {
			clients().provisioner().forget(connection, record.topic());
			throw ex;
		}
	}

	/**
	 * Write a record to its partition without waiting for it and without providing its
	 * topic. Blocks for a few seconds at the most, when the topic is unknown.
	 * @param connection the cluster
	 * @param record the record
	 * @param callback is told the outcome, at once or on the producer's thread
	 */
	public void send(Connection connection, ProducerRecord<byte[], byte[]> record, Callback callback) {
		clients().publisher().send(connection, record, callback);
	}

	/**
	 * Provide a topic if that is wanted, and look at it.
	 * @param connection the cluster
	 * @param source the topic that records come from
	 * @param topic the topic that they go to
	 * @return what it takes, or nothing when it does not exist
	 * @throws KafkaException when it could not be provided or nobody answered in time
	 */
	public Optional<TopicLimits> provide(Connection connection, String source, String topic) {
		clients().provisioner().forget(connection, topic);
		Integer partitions = clients().provisioner().ensure(connection, source, topic);
		Optional<TopicLimits> limits = clients().provisioner().limits(connection, topic);
		for (int i = 0; i < MAX_LOOKS && limits.isEmpty() && partitions != null; i++) {
			// it was just created, and not every broker knows it yet
			LockSupport.parkNanos(LOOK_PAUSE.toNanos());
			limits = clients().provisioner().limits(connection, topic);
		}
		return limits;
	}

	/**
	 * Delete the beginning of partitions.
	 * @param connection the cluster
	 * @param offsets for each partition the first offset to keep
	 * @throws KafkaException when that failed, for example because it is not allowed
	 */
	public void deleteBefore(Connection connection, Map<TopicPartition, Long> offsets) {
		clients().provisioner().deleteBefore(connection, offsets);
	}

	/**
	 * Read records by their offsets.
	 * @param connection the cluster
	 * @param offsets for each partition the offsets to read, ascending, not empty
	 * @param timeout how long that may take
	 * @return for each partition the records that are still there
	 * @throws org.apache.kafka.common.KafkaException when they could not be read in time
	 */
	public Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> read(Connection connection,
			Map<TopicPartition, long[]> offsets, Duration timeout) {
		return clients().ranges().read(connection, offsets, timeout);
	}

	private static ProducerRecord<byte[], byte[]> fitting(ProducerRecord<byte[], byte[]> record,
			@Nullable Integer partitions) {
		if (partitions == null || record.partition() == null || record.partition() < partitions) {
			return record;
		}
		return new ProducerRecord<>(record.topic(), null, record.timestamp(), record.key(), record.value(),
				record.headers());
	}

	@Override
	public void close() {
		Clients made = this.clients;
		if (made != null) {
			made.publisher().close();
			made.stored().close();
		}
	}

	/**
	 * What talks to clusters. Made when a topic or a record is first asked for, which is
	 * behind the start of the application.
	 */
	private record Clients(TopicProvisioner provisioner, StoredRecords stored, RawRecords raw, StoredRanges ranges,
			RecordPublisher publisher) {

		static Clients of(Provisioning provisioning, String clientId, Clock clock) {
			StoredRecords stored = new StoredRecords(clientId + "-reader", clock);
			return new Clients(new TopicProvisioner(provisioning, clientId + "-admin"), stored, new RawRecords(stored),
					new StoredRanges(clientId + "-parked-reader"), new RecordPublisher(clientId + "-producer"));
		}

	}

	/**
	 * A topic that a listener needs.
	 *
	 * @param connection the cluster
	 * @param listener the listener
	 * @param source the topic that records come from
	 * @param name the topic that they go to
	 */
	public record NeededTopic(Connection connection, ListenerContext listener, String source, String name) {

	}

}
