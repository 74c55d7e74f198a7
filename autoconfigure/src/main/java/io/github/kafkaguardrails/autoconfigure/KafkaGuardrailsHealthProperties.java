package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the health contributor.
 *
 * @param readiness Whether to let the health of Kafka decide on the readiness of the
 * application; it never decides on its liveness
 * @param broker Check of the connection to the cluster
 * @since 0.1.0
 */
@ConfigurationProperties("kafka.guardrails.health")
public record KafkaGuardrailsHealthProperties(@DefaultValue("false") boolean readiness, @DefaultValue Broker broker) {

	/**
	 * Check of the connection to the cluster.
	 *
	 * @param enabled Whether to check in the background that the cluster can be reached
	 * @param interval Pause between two checks, at least 1s
	 */
	public record Broker(@DefaultValue("true") boolean enabled, @DefaultValue("30s") Duration interval) {

		/**
		 * The check.
		 * @throws IllegalArgumentException when the interval is shorter than 1 s
		 */
		public Broker {
			if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
				throw new IllegalArgumentException(
						"kafka.guardrails.health.broker.interval must be at least 1s, not " + interval);
			}
		}

	}

}
