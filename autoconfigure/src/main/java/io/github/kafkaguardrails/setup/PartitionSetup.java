package io.github.kafkaguardrails.setup;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A partition as the cluster has it.
 *
 * @param number number of the partition, from 0
 * @param leader id of the leader, or {@code null} when there is none
 * @param replicas ids of the brokers that hold a copy
 * @param inSync ids of the brokers whose copy is in sync
 * @param offsets first and next offset
 * @param offsetsByAge offset of the first record that is not older than an age; only the
 * ages that somebody needs
 * @since 0.1.0
 */
public record PartitionSetup(int number, @Nullable Integer leader, List<Integer> replicas, List<Integer> inSync,
		Reading<Offsets> offsets, Map<Duration, Long> offsetsByAge) {

	public PartitionSetup {
		replicas = List.copyOf(replicas);
		inSync = List.copyOf(inSync);
		offsetsByAge = Map.copyOf(offsetsByAge);
	}

	/**
	 * The range of a partition.
	 *
	 * @param earliest offset of the first record that is still there
	 * @param latest offset of the next record
	 */
	public record Offsets(long earliest, long latest) {

	}

}
