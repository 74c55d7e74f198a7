package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.ClientConfig;
import io.github.kafkaguardrails.setup.ConfigValue;
import io.github.kafkaguardrails.setup.SerdeSetup;

/**
 * Finds the values that a Kafka client refuses, without creating one. Every key is looked
 * at by itself, so that all of them are found at once. Nothing is logged, no class is
 * initialized, no client id is used up. Values that a configuration provider will replace
 * are left out, because nobody knows them yet.
 */
final class RejectedValues {

	static final Set<String> CLASS_LISTS = Set.of("interceptor.classes", "metric.reporters",
			"partition.assignment.strategy");

	private RejectedValues() {
	}

	/**
	 * The refused values of a client.
	 * @param ignored keys that the client does not read or that another rule judges
	 */
	static List<RejectedValue> in(ClientConfig config, Set<String> ignored) {
		List<RejectedValue> rejected = new ArrayList<>();
		for (ConfigValue value : config.given()) {
			ConfigDef.ConfigKey key = config.type().keys().get(value.key());
			if (key != null && !ignored.contains(key.name) && !accepts(config, key, value)) {
				rejected.add(RejectedValue.of(key, value));
			}
		}
		for (String key : config.type().required()) {
			if (config.given(key).isEmpty() && !ignored.contains(key)) {
				rejected.add(RejectedValue.missing(config.get(key)));
			}
		}
		if (config.string("security.protocol").toUpperCase(Locale.ROOT).startsWith("SASL_")
				&& config.string("sasl.mechanism").isEmpty()) {
			rejected.add(RejectedValue.missing(config.get("sasl.mechanism")));
		}
		return rejected;
	}

	/**
	 * The keys that the client does not read, because an object that the factory holds
	 * takes the place of the class.
	 * @param serdes (de)serializers by the key of their class
	 */
	static Set<String> unread(ClientConfig config, Map<String, SerdeSetup> serdes) {
		Set<String> unread = new HashSet<>();
		for (Map.Entry<String, SerdeSetup> entry : serdes.entrySet()) {
			SerdeSetup serde = entry.getValue();
			boolean outsideTheMap = config.given(entry.getKey()).isEmpty() && !serde.className().isEmpty();
			if (serde.instance() || outsideTheMap) {
				unread.add(entry.getKey());
			}
		}
		return unread;
	}

	/** Whether the client accepts what it was given for this key, if anything. */
	static boolean accepts(ClientConfig config, String name) {
		ConfigDef.ConfigKey key = config.type().keys().get(name);
		Optional<ConfigValue> given = config.given(name);
		return key == null || given.isEmpty() || accepts(config, key, given.get());
	}

	/** Whether the key accepts this value. */
	static boolean accepts(ConfigDef.ConfigKey key, Object value) {
		try {
			Object parsed = (key.type == ConfigDef.Type.CLASS) ? value : ConfigDef.parseType(key.name, value, key.type);
			if (key.validator != null) {
				key.validator.ensureValid(key.name, withoutDuplicates(key, parsed));
			}
			if (key.type == ConfigDef.Type.CLASS) {
				return loadable(value);
			}
			return !(CLASS_LISTS.contains(key.name) && parsed instanceof List<?> classes)
					|| classes.stream().allMatch(RejectedValues::loadable);
		}
		catch (ConfigException ex) {
			return false;
		}
	}

	/**
	 * Whether a configuration provider will replace the value, so that nobody knows it
	 * yet.
	 */
	static boolean providedLater(ClientConfig config, @Nullable Object value) {
		return value instanceof String text && !config.string("config.providers").isEmpty()
				&& ConfigTransformer.DEFAULT_PATTERN.matcher(text).find();
	}

	private static boolean accepts(ClientConfig config, ConfigDef.ConfigKey key, ConfigValue value) {
		return value.value() == null || providedLater(config, value.value()) || accepts(key, value.value());
	}

	/** The client drops duplicates with a warning before it validates a list. */
	private static @Nullable Object withoutDuplicates(ConfigDef.ConfigKey key, @Nullable Object parsed) {
		return (key.validator instanceof ConfigDef.ValidList && parsed instanceof List<?> elements)
				? elements.stream().distinct().toList() : parsed;
	}

	private static boolean loadable(@Nullable Object type) {
		if (type instanceof String name) {
			return loadable(name.trim(), Thread.currentThread().getContextClassLoader())
					|| loadable(name.trim(), RejectedValues.class.getClassLoader());
		}
		return type instanceof Class<?>;
	}

	private static boolean loadable(String name, @Nullable ClassLoader loader) {
		try {
			Class.forName(name, false, loader);
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
