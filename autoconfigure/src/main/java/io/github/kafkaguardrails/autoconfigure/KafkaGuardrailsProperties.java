package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingProperties;
import io.github.kafkaguardrails.errorhandling.topics.Provisioning;
import io.github.kafkaguardrails.pitfall.Enforcement;
import io.github.kafkaguardrails.pitfall.PitfallSettings;
import io.github.kafkaguardrails.pitfall.RuleLevel;
import io.github.kafkaguardrails.pitfall.Waiver;

/**
 * Settings of Kafka Guardrails.
 *
 * @param enabled Whether to enable Kafka Guardrails
 * @param enforcement What happens when the configuration has errors at start-up
 * @param safeDefaults Whether to supply safe values where nothing is set
 * @param rules Severity of findings by rule id
 * @param waivers Findings that are accepted, each with a reason and a date
 * @param baseline Findings that are accepted because they were there before
 * @param topics Topics that error handling needs
 * @param listeners Error handling by listener id; 'default' applies to every listener
 * @param clusterCheck Check of topics, brokers and groups
 * @param activityCheck Check of the running application
 * @param health Health contributor
 * @since 0.1.0
 */
@ConfigurationProperties("kafka.guardrails")
public record KafkaGuardrailsProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("fail") Enforcement enforcement, @DefaultValue("true") boolean safeDefaults,
		@Nullable Map<String, RuleLevel> rules, @Nullable List<Waiver> waivers, @DefaultValue Baseline baseline,
		@DefaultValue Topics topics, @Nullable Map<String, ErrorHandlingProperties> listeners,
		@DefaultValue ClusterCheck clusterCheck, @DefaultValue ActivityCheck activityCheck,
		@DefaultValue Health health) {

	public KafkaGuardrailsProperties {
		rules = (rules != null) ? Map.copyOf(rules) : Map.of();
		waivers = (waivers != null) ? List.copyOf(waivers) : List.of();
		listeners = (listeners != null) ? Map.copyOf(listeners) : Map.of();
	}

	PitfallSettings toPitfallSettings() {
		return new PitfallSettings(this.enforcement, (this.rules != null) ? this.rules : Map.of(),
				(this.waivers != null) ? this.waivers : List.of());
	}

	private static void atLeastOneSecond(String property, Duration interval) {
		if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
			throw new IllegalArgumentException(property + " must be at least 1s, not " + interval);
		}
	}

	/**
	 * The baseline.
	 *
	 * @param file File with the findings that are accepted: a path, or a location such as
	 * classpath:kafka-guardrails-baseline.yml
	 * @param write Whether to write the file at start-up when it does not exist yet
	 */
	public record Baseline(@Nullable String file, @DefaultValue("false") boolean write) {

	}

	/**
	 * Topics. Further keys are globs on topic names, in brackets, each with error
	 * handling like that of a listener.
	 *
	 * @param provisioning What is done about topics that error handling needs
	 */
	public record Topics(@DefaultValue("create") Provisioning provisioning) {

	}

	/**
	 * Settings of the check of the clusters.
	 *
	 * @param enabled Whether to check topics, brokers and groups in the background while
	 * the application runs; never when 'enforcement' is 'off'
	 * @param interval Pause between two checks
	 * @param timeout Longest time that a check waits for the clusters, all of them
	 * together
	 */
	public record ClusterCheck(@DefaultValue("true") boolean enabled, @DefaultValue("10m") Duration interval,
			@DefaultValue("10s") Duration timeout) {

		/**
		 * The settings.
		 * @throws IllegalArgumentException when the interval or the timeout is not
		 * positive
		 */
		public ClusterCheck {
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

	/**
	 * Settings of the check of the running application.
	 *
	 * @param enabled Whether to observe clients, listeners and templates while the
	 * application is running
	 * @param interval Pause between two samples, at least 1s; client metrics are kept
	 * once a minute at most
	 */
	public record ActivityCheck(@DefaultValue("true") boolean enabled, @DefaultValue("1m") Duration interval) {

		/**
		 * The settings.
		 * @throws IllegalArgumentException when the interval is shorter than 1 s
		 */
		public ActivityCheck {
			atLeastOneSecond("kafka.guardrails.activity-check.interval", interval);
		}

	}

	/**
	 * Settings of the health contributor.
	 *
	 * @param readiness Whether to let the health of Kafka decide on the readiness of the
	 * application; it never decides on its liveness
	 * @param broker Check of the connection to the cluster
	 */
	public record Health(@DefaultValue("false") boolean readiness, @DefaultValue Broker broker) {

		/**
		 * Check of the connection to the cluster.
		 *
		 * @param enabled Whether to check in the background that the cluster can be
		 * reached
		 * @param interval Pause between two checks, at least 1s
		 */
		public record Broker(@DefaultValue("true") boolean enabled, @DefaultValue("30s") Duration interval) {

			/**
			 * The check.
			 * @throws IllegalArgumentException when the interval is shorter than 1 s
			 */
			public Broker {
				atLeastOneSecond("kafka.guardrails.health.broker.interval", interval);
			}

		}

	}

}
