package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.BoundConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Finds the properties below {@code spring.kafka} and {@code kafka.guardrails} that are
 * set, each with its place. What was bound comes from the record that Spring Boot keeps;
 * what nothing binds, such as a misspelt name, comes from the property sources. Of
 * several sources that set a name the strongest counts.
 */
final class SetProperties {

	/** Name of the property source that lists the safe defaults. */
	static final String SAFE_DEFAULTS_SOURCE = "kafkaGuardrailsSafeDefaults";

	private static final Pattern SEPARATORS = Pattern.compile("[^\\p{Alnum}]");

	private static final List<ConfigurationPropertyName> ROOTS = List.of(ConfigurationPropertyName.of("spring.kafka"),
			ConfigurationPropertyName.of("kafka.guardrails"));

	private final ConfigurableEnvironment environment;

	private final List<ConfigValue> values = new ArrayList<>();

	/** Names that are decided, in the one form that all spellings of a name share. */
	private final Set<String> bound = new HashSet<>();

	private final Set<String> seen = new HashSet<>();

	private SetProperties(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Every property that is set. Values that Kafka Guardrails supplied are among them
	 * and have {@link ValueOrigin#safeDefault()} as their origin.
	 */
	static List<ConfigValue> find(ConfigurableApplicationContext context) {
		SetProperties properties = new SetProperties(context.getEnvironment());
		BoundConfigurationProperties bound = BoundConfigurationProperties.get(context);
		if (bound != null) {
			properties.addBound(bound.getAll());
		}
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(context.getEnvironment())) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				properties.addUnbound(iterable);
			}
		}
		return List.copyOf(properties.values);
	}

	private void addBound(Map<ConfigurationPropertyName, ConfigurationProperty> properties) {
		for (Map.Entry<ConfigurationPropertyName, ConfigurationProperty> property : properties.entrySet()) {
			ConfigurationPropertyName name = property.getKey();
			if (relevant(name)) {
				this.bound.add(uniform(name));
				if (listElement(name)) {
					this.bound.add(uniform(name.getParent()));
				}
				this.values.add(value(property.getValue()));
			}
		}
	}

	private void addUnbound(IterableConfigurationPropertySource source) {
		for (ConfigurationPropertyName name : source) {
			if (relevant(name) && !decided(name) && this.seen.add(uniform(name))) {
				ConfigurationProperty property = source.getConfigurationProperty(name);
				if (property != null) {
					this.values.add(value(property));
				}
			}
		}
	}

	private boolean decided(ConfigurationPropertyName name) {
		return this.bound.contains(uniform(name))
				|| (listElement(name) && this.bound.contains(uniform(name.getParent())));
	}

	private ConfigValue value(ConfigurationProperty property) {
		Object value = property.getValue();
		String raw = String.valueOf(value);
		Origin origin = property.getOrigin();
		String name = (origin instanceof PropertySourceOrigin source) ? source.getPropertyName()
				: property.getName().toString();
		return new ConfigValue(name, resolve(value), raw, origin(name, origin));
	}

	private static ValueOrigin origin(String name, @Nullable Origin origin) {
		if (origin instanceof PropertySourceOrigin source
				&& source.getPropertySource().getName().equals(SAFE_DEFAULTS_SOURCE)) {
			return ValueOrigin.safeDefault();
		}
		return ValueOrigin.property(name, OriginLocation.describe(origin));
	}

	private Object resolve(Object value) {
		if (!(value instanceof CharSequence text)) {
			return value;
		}
		try {
			return this.environment.resolvePlaceholders(text.toString());
		}
		catch (IllegalArgumentException ex) {
			return text.toString();
		}
	}

	private static boolean relevant(ConfigurationPropertyName name) {
		for (ConfigurationPropertyName root : ROOTS) {
			if (root.isAncestorOf(name)) {
				return true;
			}
		}
		return false;
	}

	private static boolean listElement(ConfigurationPropertyName name) {
		return name.isNumericIndex(name.getNumberOfElements() - 1);
	}

	/**
	 * Without any separator, because an environment variable does not tell the words of
	 * one element from elements.
	 */
	private static String uniform(ConfigurationPropertyName name) {
		StringBuilder uniform = new StringBuilder();
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			uniform.append(SEPARATORS.matcher(name.getElement(i, Form.UNIFORM)).replaceAll(""));
		}
		return uniform.toString().toLowerCase(Locale.ROOT);
	}

}
