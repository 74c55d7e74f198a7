package io.github.kafkaguardrails.pitfall.rules;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.PartitionSetup;
import io.github.kafkaguardrails.setup.Reading;
import io.github.kafkaguardrails.setup.TopicSetup;

/**
 * The records of a topic for which a group has no valid committed offset. The numbers are
 * upper limits: compaction and transactions leave gaps.
 *
 * @param affected records that a consumer that starts now processes or skips because of
 * its reset policy
 * @param deleted records that were deleted before the group read them
 * @param older the affected records that are older than an age
 */
record OffsetBacklog(long affected, long deleted, Map<Duration, Long> older) {

	/**
	 * What a topic holds for a group.
	 * @param committed committed offsets by partition
	 */
	static Reading<OffsetBacklog> of(TopicSetup topic, Map<Integer, Long> committed, OffsetReset reset) {
		long affected = 0;
		long deleted = 0;
		Map<Duration, Long> older = new TreeMap<>();
		for (PartitionSetup partition : topic.partitions()) {
			PartitionSetup.Offsets offsets = partition.offsets().value();
			if (offsets == null) {
				return unknown(topic, partition.offsets().problem());
			}
			Long position = committed.get(partition.number());
			if (position != null && position >= offsets.earliest()) {
				continue;
			}
			deleted += (position != null) ? offsets.earliest() - position : 0;
			if (position != null && reset.kind() != OffsetReset.Kind.LATEST) {
				continue;
			}
			Long start = (reset.kind() == OffsetReset.Kind.BY_DURATION) ? partition.offsetsByAge().get(reset.duration())
					: Long.valueOf(offsets.earliest());
			if (start == null) {
				return unknown(topic, "the offset for " + reset.duration() + " was not asked for");
			}
			affected += offsets.latest() - start;
			partition.offsetsByAge().forEach((age, offset) -> older.merge(age, Math.max(0, offset - start), Long::sum));
		}
		return Reading.of(new OffsetBacklog(affected, deleted, older));
	}

	/** The highest age that some of the affected records exceed. */
	Optional<Map.Entry<Duration, Long>> oldest() {
		return this.older.entrySet().stream().filter((entry) -> entry.getValue() > 0).max(Map.Entry.comparingByKey());
	}

	private static Reading<OffsetBacklog> unknown(TopicSetup topic, @Nullable String problem) {
		return Reading.unknown("The offsets of topic '" + topic.name() + "' could not be read (" + problem + ").");
	}

}
