package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the check of the running application.
 *
 * @param enabled Whether to observe clients, listeners and templates while the
 * application is running
 * @param interval Pause between two samples, at least 1s; client metrics are kept once a
 * minute at most
 * @since 0.1.0
 */
@ConfigurationProperties("kafka.guardrails.activity-check")
public record KafkaGuardrailsActivityCheckProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("1m") Duration interval) {

	/**
	 * The check.
	 * @throws IllegalArgumentException when the interval is shorter than 1 s
	 */
	public KafkaGuardrailsActivityCheckProperties {
		if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
			throw new IllegalArgumentException(
					"kafka.guardrails.activity-check.interval must be at least 1s, not " + interval);
		}
	}

}
