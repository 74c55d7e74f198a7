package io.github.kafkaguardrails.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

import io.github.kafkaguardrails.setup.PartitionSetup.Offsets;
import io.github.kafkaguardrails.setup.Reading;

/**
 * Asks a cluster for the offsets of partitions.
 */
final class OffsetConversation {

	private final Admin admin;

	private final TimeBox time;

	private final Clock clock;

	OffsetConversation(Admin admin, TimeBox time, Clock clock) {
		this.admin = admin;
		this.time = time;
		this.clock = clock;
	}

	Map<TopicPartition, Answer> read(Collection<TopicPartition> partitions, NeededAges ages)
			throws InterruptedException {
		Map<TopicPartition, Reading<Offsets>> offsets = ranges(partitions);
		Map<TopicPartition, Map<Duration, Long>> byAge = byAge(offsets, ages);
		Map<TopicPartition, Answer> answers = new HashMap<>();
		offsets.forEach((partition, range) -> answers.put(partition,
				new Answer(range, byAge.getOrDefault(partition, Map.of()))));
		return answers;
	}

	private Map<TopicPartition, Reading<Offsets>> ranges(Collection<TopicPartition> partitions)
			throws InterruptedException {
		TimeBox half = this.time.half();
		ListOffsetsResult earliest = list(partitions, OffsetSpec.earliest(), half);
		ListOffsetsResult latest = list(partitions, OffsetSpec.latest(), half);
		Map<TopicPartition, Reading<Offsets>> ranges = new HashMap<>();
		for (TopicPartition partition : partitions) {
			ranges.put(partition,
					half.reading(earliest.partitionResult(partition)
						.toCompletionStage()
						.thenCombine(latest.partitionResult(partition).toCompletionStage(),
								(first, next) -> new Offsets(first.offset(), next.offset()))
						.toCompletableFuture()));
		}
		return ranges;
	}

	/**
	 * A partition without records is not asked: of any age the next record is the first.
	 */
	private Map<TopicPartition, Map<Duration, Long>> byAge(Map<TopicPartition, Reading<Offsets>> ranges,
			NeededAges needed) throws InterruptedException {
		Map<TopicPartition, Map<Duration, Long>> byAge = new HashMap<>();
		Map<Duration, Map<TopicPartition, Offsets>> questions = new HashMap<>();
		ranges
			.forEach((partition, range) -> range.known().ifPresent((offsets) -> needed.of(partition).forEach((age) -> {
				if (offsets.earliest() < offsets.latest()) {
					questions.computeIfAbsent(age, (key) -> new HashMap<>()).put(partition, offsets);
				}
				else {
					put(byAge, partition, age, offsets.latest());
				}
			})));
		Instant now = this.clock.instant();
		Map<Duration, ListOffsetsResult> results = new HashMap<>();
		questions.forEach((age, partitions) -> results.put(age,
				list(partitions.keySet(), OffsetSpec.forTimestamp(now.minus(age).toEpochMilli()), this.time)));
		for (Map.Entry<Duration, ListOffsetsResult> result : results.entrySet()) {
			Map<TopicPartition, Offsets> partitions = questions.getOrDefault(result.getKey(), Map.of());
			for (Map.Entry<TopicPartition, Offsets> partition : partitions.entrySet()) {
				Reading<ListOffsetsResultInfo> answer = this.time
					.reading(result.getValue().partitionResult(partition.getKey()));
				answer.known()
					.ifPresent((info) -> put(byAge, partition.getKey(), result.getKey(),
							(info.offset() >= 0) ? info.offset() : partition.getValue().latest()));
			}
		}
		return byAge;
	}

	private static void put(Map<TopicPartition, Map<Duration, Long>> byAge, TopicPartition partition, Duration age,
			long offset) {
		byAge.computeIfAbsent(partition, (key) -> new HashMap<>()).put(age, offset);
	}

	private ListOffsetsResult list(Collection<TopicPartition> partitions, OffsetSpec spec, TimeBox box) {
		return this.admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), (key) -> spec)),
				new ListOffsetsOptions().timeoutMs(box.millis()));
	}

	/**
	 * What is known of a partition.
	 *
	 * @param offsets first and next offset
	 * @param byAge offset of the first record that is not older than an age
	 */
	record Answer(Reading<Offsets> offsets, Map<Duration, Long> byAge) {

	}

}
