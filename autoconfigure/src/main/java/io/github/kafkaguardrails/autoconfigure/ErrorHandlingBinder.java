package io.github.kafkaguardrails.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingProperties;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingSettings;
import io.github.kafkaguardrails.errorhandling.ErrorHandlingSource;
import io.github.kafkaguardrails.errorhandling.InvalidErrorHandlingException;

/**
 * Binds and checks the error handling of listeners and topics. The keys below
 * {@code kafka.guardrails.topics} are settings and globs side by side, which no
 * properties class can express.
 */
final class ErrorHandlingBinder {

	private static final ConfigurationPropertyName LISTENERS = ConfigurationPropertyName
		.of("kafka.guardrails.listeners");

	private static final ConfigurationPropertyName TOPICS = ConfigurationPropertyName.of("kafka.guardrails.topics");

	private final Binder binder;

	ErrorHandlingBinder(Environment environment) {
		this.binder = Binder.get(environment);
	}

	/**
	 * The error handling of all listeners and topics.
	 * @param listeners entries by listener id, as they were bound
	 * @throws InvalidConfigurationPropertyValueException when a value is out of its
	 * range; Spring Boot's failure analysis shows the property, the value and the line
	 */
	ErrorHandlingSource bind(Map<String, ErrorHandlingProperties> listeners) {
		Map<String, ErrorHandlingProperties> topics = topics();
		ErrorHandlingProperties defaults = listeners.getOrDefault(ErrorHandlingSource.DEFAULT,
				ErrorHandlingProperties.NONE);
		validate(LISTENERS, listeners, defaults);
		validate(TOPICS, topics, defaults);
		return new ErrorHandlingSource(listeners, topics);
	}

	private Map<String, ErrorHandlingProperties> topics() {
		Map<String, Object> keys = this.binder.bind(TOPICS, Bindable.mapOf(String.class, Object.class))
			.orElse(Map.of());
		Map<String, ErrorHandlingProperties> topics = new LinkedHashMap<>();
		for (Map.Entry<String, Object> entry : keys.entrySet()) {
			if (entry.getValue() instanceof Map) {
				String glob = entry.getKey();
				this.binder.bind(TOPICS.append("[" + glob + "]"), Bindable.of(ErrorHandlingProperties.class))
					.ifBound((settings) -> topics.put(glob, settings));
			}
		}
		return topics;
	}

	private void validate(ConfigurationPropertyName parent, Map<String, ErrorHandlingProperties> entries,
			ErrorHandlingProperties defaults) {
		for (Map.Entry<String, ErrorHandlingProperties> entry : entries.entrySet()) {
			validate(parent, entry.getKey(), entry.getValue(), defaults);
		}
	}

	private void validate(ConfigurationPropertyName parent, String key, ErrorHandlingProperties entry,
			ErrorHandlingProperties defaults) {
		try {
			ErrorHandlingSettings.of(List.of(entry, defaults));
		}
		catch (InvalidErrorHandlingException ex) {
			throw new InvalidConfigurationPropertyValueException(property(parent, key, ex.getKey()), ex.getValue(),
					ex.getReason());
		}
	}

	/** The property in the spelling that leads the failure analysis to its line. */
	private String property(ConfigurationPropertyName parent, String key, String setting) {
		String bracketed = parent + ".[" + key + "]." + setting;
		ConfigurationPropertyName name = ConfigurationPropertyName.of(bracketed);
		boolean found = this.binder.bind(name, Bindable.of(String.class)).isBound();
		return found ? name.toString() : parent + "." + key + "." + setting;
	}

}
