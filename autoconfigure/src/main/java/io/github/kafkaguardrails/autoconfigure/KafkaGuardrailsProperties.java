package io.github.kafkaguardrails.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingProperties;
import io.github.kafkaguardrails.errorhandling.topics.Provisioning;
import io.github.kafkaguardrails.pitfall.Enforcement;
import io.github.kafkaguardrails.pitfall.PitfallSettings;
import io.github.kafkaguardrails.pitfall.RuleLevel;
import io.github.kafkaguardrails.pitfall.Waiver;

/**
 * Settings of Kafka Guardrails. Setters, because binding a record to nothing but its
 * defaults takes 30 ms of the start of an application.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("kafka.guardrails")
public final class KafkaGuardrailsProperties {

	/**
	 * Whether to enable Kafka Guardrails.
	 */
	private boolean enabled = true;

	/**
	 * What happens when the configuration has errors at start-up.
	 */
	private Enforcement enforcement = Enforcement.FAIL;

	/**
	 * Whether to supply safe values where nothing is set.
	 */
	private boolean safeDefaults = true;

	/**
	 * Severity of findings by rule id.
	 */
	private final Map<String, RuleLevel> rules = new LinkedHashMap<>();

	/**
	 * Findings that are accepted, each with a reason and a date.
	 */
	private final List<Waiver> waivers = new ArrayList<>();

	/**
	 * Error handling by listener id; 'default' applies to every listener.
	 */
	private final Map<String, ErrorHandlingProperties> listeners = new LinkedHashMap<>();

	private final Baseline baseline = new Baseline();

	private final Topics topics = new Topics();

	private final ClusterCheck clusterCheck = new ClusterCheck();

	private final ActivityCheck activityCheck = new ActivityCheck();

	private final Health health = new Health();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Enforcement getEnforcement() {
		return this.enforcement;
	}

	public void setEnforcement(Enforcement enforcement) {
		this.enforcement = enforcement;
	}

	public boolean isSafeDefaults() {
		return this.safeDefaults;
	}

	public void setSafeDefaults(boolean safeDefaults) {
		this.safeDefaults = safeDefaults;
	}

	public Map<String, RuleLevel> getRules() {
		return this.rules;
	}

	public List<Waiver> getWaivers() {
		return this.waivers;
	}

	public Map<String, ErrorHandlingProperties> getListeners() {
		return this.listeners;
	}

	public Baseline getBaseline() {
		return this.baseline;
	}

	public Topics getTopics() {
		return this.topics;
	}

	public ClusterCheck getClusterCheck() {
		return this.clusterCheck;
	}

	public ActivityCheck getActivityCheck() {
		return this.activityCheck;
	}

	public Health getHealth() {
		return this.health;
	}

	PitfallSettings toPitfallSettings() {
		return new PitfallSettings(this.enforcement, this.rules, this.waivers);
	}

	private static void atLeastOneSecond(String property, Duration interval) {
		if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
			throw new IllegalArgumentException(property + " must be at least 1s, not " + interval);
		}
	}

	/**
	 * The baseline.
	 */
	public static final class Baseline {

		/**
		 * File with the findings that are accepted: a path, or a location such as
		 * classpath:kafka-guardrails-baseline.yml.
		 */
		private @Nullable String file;

		/**
		 * Whether to write the file at start-up when it does not exist yet.
		 */
		private boolean write;

		public @Nullable String getFile() {
			return this.file;
		}

		public void setFile(@Nullable String file) {
			this.file = file;
		}

		public boolean isWrite() {
			return this.write;
		}

		public void setWrite(boolean write) {
			this.write = write;
		}

	}

	/**
	 * Topics. Further keys are globs on topic names, in brackets, each with error
	 * handling like that of a listener.
	 */
	public static final class Topics {

		/**
		 * What is done about topics that error handling needs.
		 */
		private Provisioning provisioning = Provisioning.CREATE;

		public Provisioning getProvisioning() {
			return this.provisioning;
		}

		public void setProvisioning(Provisioning provisioning) {
			this.provisioning = provisioning;
		}

	}

	/**
	 * Settings of the check of the clusters.
	 */
	public static final class ClusterCheck {

		/**
		 * Whether to check topics, brokers and groups in the background while the
		 * application runs; never when 'enforcement' is 'off'.
		 */
		private boolean enabled = true;

		/**
		 * Pause between two checks.
		 */
		private Duration interval = Duration.ofMinutes(10);

		/**
		 * Longest time that a check waits for the clusters, all of them together.
		 */
		private Duration timeout = Duration.ofSeconds(10);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getInterval() {
			return this.interval;
		}

		/**
		 * Set the pause between two checks.
		 * @throws IllegalArgumentException when it is not positive
		 */
		public void setInterval(Duration interval) {
			positive("interval", interval);
			this.interval = interval;
		}

		public Duration getTimeout() {
			return this.timeout;
		}

		/**
		 * Set the longest time of a check.
		 * @throws IllegalArgumentException when it is not positive
		 */
		public void setTimeout(Duration timeout) {
			positive("timeout", timeout);
			this.timeout = timeout;
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
	 */
	public static final class ActivityCheck {

		/**
		 * Whether to observe clients, listeners and templates while the application is
		 * running.
		 */
		private boolean enabled = true;

		/**
		 * Pause between two samples, at least 1s; client metrics are kept once a minute
		 * at most.
		 */
		private Duration interval = Duration.ofMinutes(1);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getInterval() {
			return this.interval;
		}

		/**
		 * Set the pause between two samples.
		 * @throws IllegalArgumentException when it is shorter than 1 s
		 */
		public void setInterval(Duration interval) {
			atLeastOneSecond("kafka.guardrails.activity-check.interval", interval);
			this.interval = interval;
		}

	}

	/**
	 * Settings of the health contributor.
	 */
	public static final class Health {

		/**
		 * Whether to let the health of Kafka decide on the readiness of the application;
		 * it never decides on its liveness.
		 */
		private boolean readiness;

		private final Broker broker = new Broker();

		public boolean isReadiness() {
			return this.readiness;
		}

		public void setReadiness(boolean readiness) {
			this.readiness = readiness;
		}

		public Broker getBroker() {
			return this.broker;
		}

		/**
		 * Check of the connection to the cluster.
		 */
		public static final class Broker {

			/**
			 * Whether to check in the background that the cluster can be reached.
			 */
			private boolean enabled = true;

			/**
			 * Pause between two checks, at least 1s.
			 */
			private Duration interval = Duration.ofSeconds(30);

			public boolean isEnabled() {
				return this.enabled;
			}

			public void setEnabled(boolean enabled) {
				this.enabled = enabled;
			}

			public Duration getInterval() {
				return this.interval;
			}

			/**
			 * Set the pause between two checks.
			 * @throws IllegalArgumentException when it is shorter than 1 s
			 */
			public void setInterval(Duration interval) {
				atLeastOneSecond("kafka.guardrails.health.broker.interval", interval);
				this.interval = interval;
			}

		}

	}

}
