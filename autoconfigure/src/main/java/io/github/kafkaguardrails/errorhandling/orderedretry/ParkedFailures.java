package io.github.kafkaguardrails.errorhandling.orderedretry;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.errorhandling.FailedRecord;
import io.github.kafkaguardrails.errorhandling.ListenerContext;
import io.github.kafkaguardrails.errorhandling.SourcePosition;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.ParkedRecord;
import io.github.kafkaguardrails.errorhandling.orderedretry.kafka.ParkedSource;

/**
 * Parked records as failed ones, and what the log says of them. A key is never written
 * down, only a hash of it.
 */
final class ParkedFailures {

	private static final int HASH_BYTES = 6;

	private ParkedFailures() {
	}

	/** A parked record whose delivery failed. */
	static FailedRecord of(ParkedRecord<ParkedSource> parked, ConsumerRecord<?, ?> record, Exception exception,
			int attempts, long now, ListenerContext listener) {
		long first = (parked.firstFailure() > 0) ? parked.firstFailure() : now;
		return new FailedRecord(record, exception, listener.id(), listener.groupId(), attempts,
				Instant.ofEpochMilli(first), SourcePosition.of(record));
	}

	/** A record that follows a dead letter. */
	static FailedRecord follower(ParkedSource source, ListenerContext listener) {
		ConsumerRecord<?, ?> record = source.stored();
		return new FailedRecord(record,
				new ParkedRecordException("An earlier record of its key is in the dead-letter topic"), listener.id(),
				listener.groupId(), 0, listener.clock().instant(), SourcePosition.of(record));
	}

	static String parked(ListenerContext listener, FailedRecord failed, ParkedSource source, long pause) {
		return "Listener '%s' failed for %s, attempt %d: its key (%s) is parked, %s: %s".formatted(listener.id(),
				failed, failed.attempts(), hash(source.key()),
				(pause >= 0) ? "next attempt in " + pause + " ms" : "there is no further attempt",
				failed.cause().getClass().getName());
	}

	static String skipped(ListenerContext listener, FailedRecord failed) {
		return "Listener '%s' skips %s after %d attempts: %s".formatted(listener.id(), failed, failed.attempts(),
				failed.cause().getClass().getName());
	}

	static String released(ListenerContext listener, ParkedSource source) {
		return "Listener '%s' has done with %s: its key (%s) is not parked any more".formatted(listener.id(), source,
				hash(source.key()));
	}

	/** The hash by which operators tell keys. */
	static String hash(byte @Nullable [] key) {
		if (key == null) {
			return "no key";
		}
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
			return HexFormat.of().formatHex(ByteBuffer.wrap(digest, 0, HASH_BYTES).array(), 0, HASH_BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
