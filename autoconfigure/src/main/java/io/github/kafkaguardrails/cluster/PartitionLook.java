package io.github.kafkaguardrails.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

import io.github.kafkaguardrails.setup.PartitionIncrease;

/**
 * Looks which topics a {@code KafkaAdmin} is about to give more partitions. The thread
 * that starts the application waits for it, {@value #LIMIT_MILLIS} ms in all looks
 * together at the most; without an answer in that time nothing is known. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public final class PartitionLook {

	private static final int LIMIT_MILLIS = 1500;

	private Duration left = Duration.ofMillis(LIMIT_MILLIS);

	/**
	 * The increases of topics that hold records. No order is lost in an empty topic.
	 * @param adminConfig configuration of the admin client that will act
	 * @param declared what the application declares
	 */
	synchronized List<PartitionIncrease> increases(Map<String, Object> adminConfig, List<DeclaredTopic> declared) {
		List<DeclaredTopic> candidates = declared.stream().filter((topic) -> topic.partitions() > 1).toList();
		if (candidates.isEmpty() || this.left.isZero()) {
			return List.of();
		}
		TimeBox time = new TimeBox(this.left);
		FutureTask<List<PartitionIncrease>> task = new FutureTask<>(() -> look(adminConfig, candidates, time));
		Thread thread = new Thread(task, "kafka-guardrails-partition-look");
		thread.setDaemon(true);
		thread.start();
		try {
			return time.await(task);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return List.of();
		}
		catch (ExecutionException | TimeoutException ex) {
			return List.of();
		}
		finally {
			task.cancel(true);
			this.left = time.left();
		}
	}

	private static List<PartitionIncrease> look(Map<String, Object> adminConfig, List<DeclaredTopic> declared,
			TimeBox time) throws InterruptedException, ExecutionException, TimeoutException {
		Admin admin = Admin.create(AdminConnection.config(adminConfig, time.left()));
		try {
			List<PartitionIncrease> increases = growing(admin, declared, time);
			return increases.isEmpty() ? increases : holdingRecords(admin, increases, time);
		}
		finally {
			admin.close(Duration.ZERO);
		}
	}

	private static List<PartitionIncrease> growing(Admin admin, List<DeclaredTopic> declared, TimeBox time)
			throws InterruptedException {
		Map<String, KafkaFuture<TopicDescription>> descriptions = admin
			.describeTopics(declared.stream().map(DeclaredTopic::name).distinct().toList())
			.topicNameValues();
		Map<String, Integer> before = new HashMap<>();
		for (Map.Entry<String, KafkaFuture<TopicDescription>> entry : descriptions.entrySet()) {
			time.reading(entry.getValue())
				.known()
				.ifPresent((topic) -> before.put(entry.getKey(), topic.partitions().size()));
		}
		List<PartitionIncrease> growing = new ArrayList<>();
		for (DeclaredTopic topic : declared) {
			int partitions = before.getOrDefault(topic.name(), Integer.MAX_VALUE);
			if (partitions < topic.partitions()) {
				growing.add(new PartitionIncrease(topic.name(), topic.bean(), partitions, topic.partitions()));
			}
		}
		return growing;
	}

	private static List<PartitionIncrease> holdingRecords(Admin admin, List<PartitionIncrease> increases, TimeBox time)
			throws InterruptedException {
		List<TopicPartition> partitions = increases.stream()
			.flatMap((increase) -> partitions(increase).stream())
			.distinct()
			.toList();
		ListOffsetsResult earliest = admin.listOffsets(specs(partitions, OffsetSpec.earliest()));
		ListOffsetsResult latest = admin.listOffsets(specs(partitions, OffsetSpec.latest()));
		List<PartitionIncrease> holding = new ArrayList<>();
		for (PartitionIncrease increase : increases) {
			boolean records = false;
			for (TopicPartition partition : partitions(increase)) {
				long first = offset(earliest, partition, Long.MAX_VALUE, time);
				long next = offset(latest, partition, 0, time);
				records |= first < next;
			}
			if (records) {
				holding.add(increase);
			}
		}
		return holding;
	}

	private static long offset(ListOffsetsResult result, TopicPartition partition, long unknown, TimeBox time)
			throws InterruptedException {
		return time.reading(result.partitionResult(partition))
			.known()
			.map(ListOffsetsResult.ListOffsetsResultInfo::offset)
			.orElse(unknown);
	}

	private static List<TopicPartition> partitions(PartitionIncrease increase) {
		return IntStream.range(0, increase.before())
			.mapToObj((number) -> new TopicPartition(increase.topic(), number))
			.toList();
	}

	private static Map<TopicPartition, OffsetSpec> specs(Collection<TopicPartition> partitions, OffsetSpec spec) {
		return partitions.stream().collect(Collectors.toMap(Function.identity(), (partition) -> spec));
	}

}
