package io.github.kafkaguardrails.errorhandling.orderedretry;

import java.time.Instant;
import java.util.Locale;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.orderedretry.core.KeyStatus;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Standing;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.ParkedSource;

/**
 * A parked key.
 *
 * @param listener id of the listener
 * @param topic source topic
 * @param partition source partition
 * @param key hash of the key; topic, partition and offset of a record without a key
 * @param offset source offset of its first parked record
 * @param records number of its parked records
 * @param attempts deliveries of the first one
 * @param failingSince when its first delivery failed, or {@code null} when none has
 * @param nextAttempt when it is delivered next, or {@code null} when it waits for an
 * operator or its ending
 * @param state {@code waiting}, {@code running}, {@code ending}, {@code stopped} or
 * {@code dead}
 * @param cause class and message of the last failure, or {@code null} when none is known
 * @since 0.1.0
 */
public record ParkedKeyStatus(String listener, String topic, int partition, String key, long offset, int records,
		int attempts, @Nullable Instant failingSince, @Nullable Instant nextAttempt, String state,
		@Nullable String cause) {

	static ParkedKeyStatus of(String listener, TopicPartition partition, KeyStatus<ParkedSource> key) {
		ParkedRecord<ParkedSource> first = key.first();
		String state = key.running() ? "running" : first.standing().name().toLowerCase(Locale.ROOT);
		return new ParkedKeyStatus(listener, partition.topic(), partition.partition(), name(first.source()),
				first.source().offset(), key.records(), first.attempts(), instant(first.firstFailure()),
				(first.standing() == Standing.WAITING) ? instant(first.due()) : null, state, first.source().cause());
	}

	private static @Nullable Instant instant(long millis) {
		return (millis > 0) ? Instant.ofEpochMilli(millis) : null;
	}

	/** What operators call a key. */
	static String name(ParkedSource source) {
		byte[] key = source.key();
		return (key != null) ? ParkedFailures.hash(key) : source.toString();
	}

}
