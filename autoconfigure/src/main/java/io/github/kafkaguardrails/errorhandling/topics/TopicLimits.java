package io.github.kafkaguardrails.errorhandling.topics;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a topic takes.
 *
 * @param partitions number of partitions
 * @param maxMessageBytes largest batch of records in bytes; {@link Long#MAX_VALUE} when
 * it may not be read
 * @param retentionMillis how long records are kept; -1 without a limit or when it may not
 * be read
 * @since 0.1.0
 */
public record TopicLimits(int partitions, long maxMessageBytes, long retentionMillis) {

	static TopicLimits of(int partitions, @Nullable Config config) {
		return new TopicLimits(partitions, number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.MAX_VALUE),
				number(config, TopicConfig.RETENTION_MS_CONFIG, -1));
	}

	/** The same topic with another limit. */
	public TopicLimits withMaxMessageBytes(long bytes) {
		return new TopicLimits(this.partitions, bytes, this.retentionMillis);
	}

	private static long number(@Nullable Config config, String name, long unknown) {
		ConfigEntry entry = (config != null) ? config.get(name) : null;
		return (entry != null && entry.value() != null) ? Long.parseLong(entry.value()) : unknown;
	}

}
