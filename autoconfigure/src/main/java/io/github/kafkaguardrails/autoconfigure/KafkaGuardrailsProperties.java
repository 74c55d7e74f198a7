package io.github.kafkaguardrails.autoconfigure;

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
 * @since 0.1.0
 */
@ConfigurationProperties("kafka.guardrails")
public record KafkaGuardrailsProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("fail") Enforcement enforcement, @DefaultValue("true") boolean safeDefaults,
		@Nullable Map<String, RuleLevel> rules, @Nullable List<Waiver> waivers, @DefaultValue Baseline baseline,
		@DefaultValue Topics topics, @Nullable Map<String, ErrorHandlingProperties> listeners) {

	public KafkaGuardrailsProperties {
		rules = (rules != null) ? Map.copyOf(rules) : Map.of();
		waivers = (waivers != null) ? List.copyOf(waivers) : List.of();
		listeners = (listeners != null) ? Map.copyOf(listeners) : Map.of();
	}

	PitfallSettings toPitfallSettings() {
		return new PitfallSettings(this.enforcement, (this.rules != null) ? this.rules : Map.of(),
				(this.waivers != null) ? this.waivers : List.of());
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

}
