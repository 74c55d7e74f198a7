package io.github.kafkaguardrails.errorhandling;

import java.util.Map;
import java.util.Objects;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Looks for the name of a strategy among the settings of listeners and topics, in any
 * spelling that binds to it. Whether the settings are right is not judged here.
 */
final class OnErrorHandlingStrategyCondition extends SpringBootCondition implements ConfigurationCondition {

	private static final Bindable<Map<String, Object>> ENTRIES = Bindable.mapOf(String.class, Object.class);

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.PARSE_CONFIGURATION;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		String name = Objects
			.requireNonNull(metadata.getAnnotations().get(ConditionalOnErrorHandlingStrategy.class).getString("value"));
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnErrorHandlingStrategy.class,
				"'" + name + "'");
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return ConditionOutcome.match(message.because("settings may change after ahead-of-time processing"));
		}
		return isUsed(name, context.getEnvironment())
				? ConditionOutcome.match(message.because("a listener or topic uses it"))
				: ConditionOutcome.noMatch(message.because("no listener and no topic uses it"));
	}

	private static boolean isUsed(String name, Environment environment) {
		Binder binder = Binder.get(environment);
		String canonical = canonical(name);
		return names(binder.bind("kafka.guardrails.listeners", ENTRIES).orElse(Map.of()), canonical)
				|| names(binder.bind("kafka.guardrails.topics", ENTRIES).orElse(Map.of()), canonical);
	}

	private static boolean names(Map<?, ?> settings, String name) {
		for (Object value : settings.values()) {
			if ((value instanceof Map<?, ?> more) ? names(more, name) : canonical(String.valueOf(value)).equals(name)) {
				return true;
			}
		}
		return false;
	}

	/** As Spring Boot finds the constant of an enum: letters and digits, in any case. */
	private static String canonical(String name) {
		StringBuilder letters = new StringBuilder(name.length());
		for (int i = 0; i < name.length(); i++) {
			if (Character.isLetterOrDigit(name.charAt(i))) {
				letters.append(Character.toLowerCase(name.charAt(i)));
			}
		}
		return letters.toString();
	}

}
