package io.github.kafkaguardrails.pitfall.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Draws configurations from the definitions of the clients on the class path. */
final class RandomClientConfig {

	/** Keys whose constraints lie outside the definition, or whose classes must exist. */
	private static final List<String> FIXED = List.of("bootstrap.servers", "key.serializer", "value.serializer",
			"key.deserializer", "value.deserializer", "config.providers");

	private static final List<String> WILD = List.of("", " ", "0", "-1", "1", "5", "6", "45000", "30s", "abc", "TRUE",
			"no", "all", "latest", "by_duration:PT1H", "consumer", "Classic", "SASL_SSL", "3000000000", "0.9",
			"orders-1", "java.lang.String", "com.example.Missing", "a,,b");

	private RandomClientConfig() {
	}

	/** A few keys with values that the client accepts, and no classes. */
	static Map<String, Object> drawValues(Random random, ConfigDef definition) {
		Map<String, Object> config = draw(random, definition, false);
		config.keySet()
			.removeIf((name) -> RejectedValues.CLASS_LISTS.contains(name)
					|| Objects.requireNonNull(definition.configKeys().get(name)).type == ConfigDef.Type.CLASS);
		return config;
	}

	/** A few keys with values that their type and validator accept, or with any. */
	static Map<String, Object> draw(Random random, ConfigDef definition, boolean wild) {
		Map<String, Object> config = new LinkedHashMap<>();
		new TreeMap<>(definition.configKeys()).forEach((name, key) -> {
			if (!FIXED.contains(name) && random.nextInt(8) == 0) {
				boolean any = wild && random.nextInt(8) == 0;
				Object value = any ? WILD.get(random.nextInt(WILD.size())) : valid(random, key);
				if (value != null && !outsideTheDefinition(name, value)) {
					config.put(name, value);
				}
			}
		});
		return config;
	}

	/** What only the constructor of the client refuses, and not its configuration. */
	private static boolean outsideTheDefinition(String name, Object value) {
		return (RejectedValues.CLASS_LISTS.contains(name) || "group.instance.id".equals(name))
				&& WILD.contains(String.valueOf(value));
	}

	private static @Nullable Object valid(Random random, ConfigDef.ConfigKey key) {
		List<Object> candidates = new ArrayList<>(candidates(random, key));
		while (!candidates.isEmpty()) {
			Object candidate = candidates.remove(random.nextInt(candidates.size()));
			if (validated(key, candidate)) {
				return (candidate instanceof Class<?> || random.nextBoolean()) ? candidate
						: ConfigDef.convertToString(candidate, key.type);
			}
		}
		return null;
	}

	private static List<?> candidates(Random random, ConfigDef.ConfigKey key) {
		String allowed = String.valueOf(key.validator);
		String names = allowed.contains("[") ? allowed.replaceAll(".*\\[|].*", "") : "";
		return switch (key.type) {
			case BOOLEAN -> List.of(true, false);
			case INT -> List.of(-1, 0, 1, 3, 6, 100, 9999, 45_000, random.nextInt(1_000_000), Integer.MAX_VALUE);
			case LONG -> List.of(-1L, 0L, 5L, 1000L, 120_000L, Long.MAX_VALUE, (long) random.nextInt(1_000_000));
			case SHORT -> List.of((short) 0, (short) 60, (short) random.nextInt(900));
			case DOUBLE -> List.of(0.0, 0.05, 0.8, 1.0, random.nextDouble());
			case STRING -> names.isEmpty() ? List.of("a", "orders-1", "x" + random.nextInt(1000))
					: Arrays.stream(names.split(",\\s*")).toList();
			case LIST -> RejectedValues.CLASS_LISTS.contains(key.name)
					? List.of(List.of(), List.of("java.lang.String", "java.lang.Integer"))
					: List.of(List.of(), List.of("a", "b"));
			case CLASS -> List.of(String.class, StringSerializer.class);
			case PASSWORD -> List.of("geheim", "");
		};
	}

	private static boolean validated(ConfigDef.ConfigKey key, Object value) {
		try {
			if (key.validator != null) {
				key.validator.ensureValid(key.name, value);
			}
			return true;
		}
		catch (ConfigException ex) {
			return false;
		}
	}

}
