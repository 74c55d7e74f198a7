package io.github.kafkaguardrails.errorhandling.orderedretry.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.LoadedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedWrite;
import io.github.kafkaguardrails.errorhandling.topics.Connection;
import io.github.kafkaguardrails.errorhandling.topics.FailedRecordTopics;
import io.github.kafkaguardrails.errorhandling.topics.TopicLimits;
import io.github.kafkaguardrails.errorhandling.topics.TopicTemplate;

/**
 * The parked topics of one listener. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ParkedTopics {

	/** Bytes of a batch beside those of its only record, generously. */
	private static final int BATCH_OVERHEAD = 512;

	/** A shorter outage of the application must not lose what is parked. */
	private static final long MIN_RETENTION = Duration.ofDays(7).toMillis();

	/** Pause before a topic that cannot be used is looked at again. */
	private static final long LOOK_PAUSE = 5000;

	private static final Log logger = LogFactory.getLog(ParkedTopics.class);

	private final FailedRecordTopics topics;

	private final Connection connection;

	private final TopicTemplate template;

	private final String group;

	private final Clock clock;

	private final Map<String, Standing> standings = new ConcurrentHashMap<>();

	/**
	 * The parked topics.
	 * @param topics reads and writes
	 * @param connection the cluster
	 * @param template name of a parked topic
	 * @param group the consumer group
	 * @param clock the time
	 */
	public ParkedTopics(FailedRecordTopics topics, Connection connection, TopicTemplate template, String group,
			Clock clock) {
		this.topics = topics;
		this.connection = connection;
		this.template = template;
		this.group = group;
		this.clock = clock;
	}

	/** Tells parked topics from others. */
	Predicate<String> names() {
		return this.template.names(this.group);
	}

	TopicPartition of(TopicPartition source) {
		return new TopicPartition(this.template.name(source.topic(), this.group), source.partition());
	}

	/**
	 * Look at the parked topic of a source, and provide it if that is wanted. Blocks for
	 * a bounded time; never fails.
	 */
	public void look(String source) {
		String topic = this.template.name(source, this.group);
		Standing standing;
		try {
			Optional<TopicLimits> limits = this.topics.provide(this.connection, source, topic);
			standing = new Standing(limits.orElse(null), limits.isPresent() ? null : "it does not exist",
					this.clock.millis());
		}
		catch (KafkaException ex) {
			standing = new Standing(null, String.valueOf(ex.getMessage()), this.clock.millis());
		}
		Standing before = this.standings.put(source, standing);
		TopicLimits found = standing.limits();
		if (found != null && found.retentionMillis() >= 0 && found.retentionMillis() < MIN_RETENTION
				&& before == null) {
			logger.warn("Topic '" + topic + "' keeps records for " + found.retentionMillis()
					+ " ms only: parked records are lost when the listener does not run for so long. Set retention.ms to -1");
		}
		if (standing.problem() != null && (before == null || before.problem() == null)) {
			logger.warn("Nothing can be parked in topic '" + topic + "', failing records of '" + source
					+ "' block their partition: " + standing.problem());
		}
	}

	/**
	 * Look again at a parked topic that cannot take a record, unless that was just done.
	 */
	public void lookAgain(ParkedSource record) {
		String source = record.partition().topic();
		if (objection(record).isPresent() && this.clock.millis() - lookedAt(source) >= LOOK_PAUSE) {
			look(source);
		}
	}

	/**
	 * Look at the parked topic of a partition that is assigned, when that was never done
	 * and when partitions were added to the source since.
	 */
	void lookAtAssignment(TopicPartition source) {
		Standing standing = this.standings.get(source.topic());
		if (standing == null || (standing.limits() != null && standing.limits().partitions() <= source.partition())) {
			look(source.topic());
		}
	}

	/** When a source was looked at last, epoch milliseconds; 0 for never. */
	private long lookedAt(String source) {
		Standing standing = this.standings.get(source);
		return (standing != null) ? standing.at() : 0;
	}

	/**
	 * Why a record cannot be parked, as far as that is known before.
	 * @param record the record
	 */
	public Optional<String> objection(ParkedSource record) {
		Standing standing = this.standings.get(record.partition().topic());
		TopicLimits limits = (standing != null) ? standing.limits() : null;
		if (standing == null || limits == null) {
			return Optional.of("the parked topic is not available"
					+ ((standing != null && standing.problem() != null) ? ": " + standing.problem() : ""));
		}
		if (record.partition().partition() >= limits.partitions()) {
			return Optional.of("the parked topic has only " + limits.partitions() + " partitions");
		}
		if (record.size() + BATCH_OVERHEAD > limits.maxMessageBytes()) {
			return Optional.of("the record takes " + record.size() + " bytes, the parked topic takes batches of "
					+ limits.maxMessageBytes() + " at the most");
		}
		return Optional.empty();
	}

	/** How long the parked topic of a source keeps records; -1 without a limit. */
	long retentionMillis(String source) {
		Standing standing = this.standings.get(source);
		return (standing != null && standing.limits() != null) ? standing.limits().retentionMillis() : -1;
	}

	/**
	 * Append a record to a lot's partition of the parked topic, without waiting.
	 * @param lot the lot
	 * @param write what to append
	 * @param watcher is told when it is there, and when it never will
	 * @return whether it is under way; if not, it has failed already
	 */
	boolean append(OwnedLot lot, ParkedWrite<ParkedSource> write, LotWatcher watcher) {
		boolean[] sending = { true };
		boolean[] failed = new boolean[1];
		Thread sender = Thread.currentThread();
		this.topics.send(this.connection, ParkedRecordFormat.write(lot.parked(), write.record()),
				(metadata, exception) -> {
					if (Thread.currentThread() == sender && sending[0]) {
						failed[0] = exception != null;
					}
					landed(lot, write, metadata, exception, failed[0]);
					if (exception == null) {
						watcher.wake();
					}
				});
		sending[0] = false;
		return !failed[0];
	}

	private void landed(OwnedLot lot, ParkedWrite<ParkedSource> write, @Nullable RecordMetadata metadata,
			@Nullable Exception exception, boolean atOnce) {
		if (exception == null && metadata != null) {
			lot.lot().writes().written(write, metadata.offset(), metadata.timestamp());
			return;
		}
		boolean blocked = lot.isBlocked();
		lot.lot().writes().failed(write);
		if (exception instanceof RecordTooLargeException) {
			int refused = write.record().source().size() + BATCH_OVERHEAD;
			this.standings.computeIfPresent(lot.source().topic(), (topic, standing) -> standing.refusing(refused));
			if (!atOnce) {
				lot.refused(write);
			}
		}
		else {
			this.standings.computeIfPresent(lot.source().topic(),
					(topic, standing) -> new Standing(null, String.valueOf(exception), standing.at()));
		}
		// a record that blocks is sent again every second
		if (!blocked) {
			String consequence = lot.isBlocked()
					? ", which takes less than before. The partition blocks until its"
							+ " max.message.bytes is raised; after a restart the record is tried again in its place"
					: "";
			logger.warn("Record " + write.record().source() + " could not be written to " + lot.parked() + consequence
					+ ": " + exception);
		}
	}

	/**
	 * Delete what is done from the parked topic, if that is allowed. Blocks for a bounded
	 * time; never fails.
	 * @param lots the lots whose partitions are cleaned up
	 */
	public void cleanUp(Collection<OwnedLot> lots) {
		Map<TopicPartition, Long> offsets = new HashMap<>();
		for (OwnedLot lot : lots) {
			if (lot.committedBase > lot.deletedTo) {
				lot.deletedTo = lot.committedBase;
				offsets.put(lot.parked(), lot.committedBase);
			}
		}
		if (offsets.isEmpty()) {
			return;
		}
		try {
			this.topics.deleteBefore(this.connection, offsets);
		}
		catch (KafkaException ex) {
			logger.debug("Parked records that are done stay in their topic", ex);
		}
	}

	/**
	 * Read a record of a source topic again.
	 * @param record the record
	 * @param timeout how long that may take
	 * @return the record as it is stored, or nothing when it is gone
	 * @throws org.apache.kafka.common.KafkaException if it could not be read in time
	 */
	Optional<ParkedSource> readAgain(ConsumerRecord<?, ?> record, Duration timeout) {
		TopicPartition partition = new TopicPartition(record.topic(), record.partition());
		return this.topics.read(this.connection, Map.of(partition, new long[] { record.offset() }), timeout)
			.getOrDefault(partition, List.of())
			.stream()
			.findFirst()
			.map((stored) -> new ParkedSource(partition, stored.offset(), stored.timestamp(), stored.timestampType(),
					stored.key(), stored.value(), stored.headers().toArray()));
	}

	/**
	 * Read parked records.
	 * @param wanted for each source partition the offsets in its parked topic
	 * @param timeout how long that may take
	 * @throws ParkedStateException if one of them is lost, or is none of ours
	 * @throws org.apache.kafka.common.KafkaException if they could not be read in time
	 */
	Map<TopicPartition, List<LoadedRecord<ParkedSource>>> read(Map<TopicPartition, long[]> wanted, Duration timeout) {
		Map<TopicPartition, long[]> offsets = new HashMap<>();
		wanted.forEach((source, ofSource) -> offsets.put(of(source), ofSource));
		Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> stored = this.topics.read(this.connection, offsets,
				timeout);
		Map<TopicPartition, List<LoadedRecord<ParkedSource>>> loaded = new LinkedHashMap<>();
		wanted.forEach((source, ofSource) -> loaded.put(source,
				loaded(source, ofSource, stored.getOrDefault(of(source), List.of()))));
		return loaded;
	}

	private List<LoadedRecord<ParkedSource>> loaded(TopicPartition source, long[] wanted,
			List<ConsumerRecord<byte[], byte[]>> stored) {
		List<LoadedRecord<ParkedSource>> loaded = stored.stream()
			.map((record) -> ParkedRecordFormat.read(source, record)
				.orElseThrow(() -> new ParkedStateException(source,
						"the record at offset %d of %s is not a parked one: the topic was made anew, or somebody else writes to it"
							.formatted(record.offset(), of(source)))))
			.toList();
		if (loaded.size() < wanted.length) {
			long first = Arrays.stream(wanted)
				.filter((offset) -> loaded.stream().noneMatch((record) -> record.parkedOffset() == offset))
				.findFirst()
				.orElse(-1);
			throw new ParkedStateException(source, "%d of %d parked records are gone from %s, the first at offset %d"
				.formatted(wanted.length - loaded.size(), wanted.length, of(source), first));
		}
		return loaded;
	}

	/**
	 * What is known of a parked topic.
	 *
	 * @param limits what it takes, or {@code null} when it cannot be used
	 * @param problem why it cannot be used
	 * @param at when that was found out, epoch milliseconds
	 */
	private record Standing(@Nullable TopicLimits limits, @Nullable String problem, long at) {

		/** The same, but it takes smaller batches only. */
		Standing refusing(int batch) {
			return (this.limits == null || this.limits.maxMessageBytes() < batch) ? this
					: new Standing(this.limits.withMaxMessageBytes(batch - 1), this.problem, this.at);
		}

	}

}
