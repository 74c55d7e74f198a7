package io.github.kafkaguardrails.errorhandling;

import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Looks for settings of listeners and topics. A source of properties that cannot tell
 * which ones it has may have them. Decides when all configuration classes are known,
 * those that add sources included.
 */
final class OnErrorHandlingSettingsCondition extends SpringBootCondition implements ConfigurationCondition {

	private static final List<ConfigurationPropertyName> PREFIXES = List.of(
			ConfigurationPropertyName.of("kafka.guardrails.listeners"),
			ConfigurationPropertyName.of("kafka.guardrails.topics"));

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnErrorHandlingSettings.class);
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return ConditionOutcome.match(message.because("settings may change after ahead-of-time processing"));
		}
		return maybeSet(context.getEnvironment())
				? ConditionOutcome.match(message.because("there may be settings of listeners or topics"))
				: ConditionOutcome.noMatch(message.because("nothing is set for listeners and topics"));
	}

	private static boolean maybeSet(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			for (ConfigurationPropertyName prefix : PREFIXES) {
				if (source.containsDescendantOf(prefix) != ConfigurationPropertyState.ABSENT) {
					return true;
				}
			}
		}
		return false;
	}

}
