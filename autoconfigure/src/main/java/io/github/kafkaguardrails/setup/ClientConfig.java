package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that one client really runs with: what was given to it, and the
 * client's own defaults for the rest. Immutable. {@link #toString()} shows no secret.
 *
 * @since 0.1.0
 */
public final class ClientConfig {

	private final ClientType type;

	private final Map<String, ConfigValue> given;

	private ClientConfig(ClientType type, Map<String, ConfigValue> given) {
		this.type = type;
		this.given = Collections.unmodifiableMap(given);
	}

	/**
	 * A configuration of these values; of two values with one key the later wins.
	 */
	public static ClientConfig of(ClientType type, Collection<ConfigValue> given) {
		Map<String, ConfigValue> values = new LinkedHashMap<>();
		for (ConfigValue value : given) {
			values.put(value.key(), value);
		}
		return new ClientConfig(type, values);
	}

	public ClientType type() {
		return this.type;
	}

	/** Every value given to the client, defaults left out. Unmodifiable. */
	public Collection<ConfigValue> given() {
		return this.given.values();
	}

	/** The value given for a key; empty when the client's own default applies. */
	public Optional<ConfigValue> given(String key) {
		return Optional.ofNullable(this.given.get(key));
	}

	/**
	 * The effective value: the given one, else the client's default. The value is
	 * {@code null} when there is neither.
	 */
	public ConfigValue get(String key) {
		ConfigValue value = this.given.get(key);
		if (value != null) {
			return value;
		}
		return ConfigValue.of(key, this.type.defaults().get(key), ValueOrigin.clientDefault());
	}

	/**
	 * Whether the user chose the value of this key. Defaults of Kafka, Spring and Kafka
	 * Guardrails do not count.
	 */
	public boolean explicit(String key) {
		ConfigValue value = this.given.get(key);
		return value != null && value.explicit();
	}

	/**
	 * The effective value as text, trimmed; empty when there is none. Class values give
	 * the class name, a {@link Password} gives what it hides. May hold a secret.
	 */
	public String string(String key) {
		Object value = get(key).value();
		if (value == null) {
			return "";
		}
		if (value instanceof Class<?> typeValue) {
			return typeValue.getName();
		}
		if (value instanceof Password password) {
			return password.value().trim();
		}
		if (value instanceof Collection<?> values) {
			return String.join(",", names(values));
		}
		return value.toString().trim();
	}

	/**
	 * The effective value as a whole number; empty when there is none or when the client
	 * would not accept it as one.
	 */
	public OptionalLong number(String key) {
		Object parsed = parsed(key);
		return (parsed instanceof Number number) ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
	}

	/** Whether the effective value is {@code true}. */
	public boolean flag(String key) {
		Object parsed = parsed(key);
		return (parsed instanceof Boolean flag) ? flag : "true".equalsIgnoreCase(string(key));
	}

	/** The effective value as a list of texts; class values give the class names. */
	public List<String> list(String key) {
		Object parsed = parsed(key);
		if (parsed instanceof Collection<?> values) {
			return names(values);
		}
		String text = string(key);
		return text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*", -1));
	}

	/**
	 * What was given to the client, as the client receives it. May hold secrets.
	 */
	public Map<String, Object> toMap() {
		Map<String, Object> map = new LinkedHashMap<>();
		this.given.forEach((key, value) -> {
			if (value.value() != null) {
				map.put(key, value.value());
			}
		});
		return map;
	}

	private @Nullable Object parsed(String key) {
		Object value = get(key).value();
		ConfigDef.ConfigKey definition = this.type.keys().get(key);
		if (value == null || definition == null) {
			return value;
		}
		try {
			return ConfigDef.parseType(key, value, definition.type());
		}
		catch (ConfigException ex) {
			return value;
		}
	}

	private static List<String> names(Collection<?> values) {
		List<String> names = new ArrayList<>();
		for (Object value : values) {
			names.add(name(value));
		}
		return List.copyOf(names);
	}

	private static String name(Object value) {
		return (value instanceof Class<?> typeValue) ? typeValue.getName() : String.valueOf(value);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ClientConfig that && this.type == that.type && this.given.equals(that.given);
	}

	@Override
	public int hashCode() {
		return this.given.hashCode();
	}

	@Override
	public String toString() {
		return this.type + " " + this.given.values();
	}

}
