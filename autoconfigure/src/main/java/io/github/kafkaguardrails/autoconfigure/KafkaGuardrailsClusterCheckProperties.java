package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the check of the clusters.
 *
 * @param enabled Whether to check topics, brokers and groups in the background while the
 * application runs; never when 'enforcement' is 'off'
 * @param interval Pause between two checks
 * @param timeout Longest time that a check waits for the clusters, all of them together
 * @since 0.1.0
 */
@ConfigurationProperties("kafka.guardrails.cluster-check")
public record KafkaGuardrailsClusterCheckProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("10m") Duration interval, @DefaultValue("10s") Duration timeout) {

	/**
	 * The settings.
	 * @throws IllegalArgumentException when the interval or the timeout is not positive
	 */
	public KafkaGuardrailsClusterCheckProperties {
		positive("interval", interval);
		positive("timeout", timeout);
	}

	private static void positive(String name, Duration duration) {
		if (duration.isNegative() || duration.isZero()) {
			throw new IllegalArgumentException(
					"kafka.guardrails.cluster-check." + name + " must be positive, not " + duration);
		}
	}

}
