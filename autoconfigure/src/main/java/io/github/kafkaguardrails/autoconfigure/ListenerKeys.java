package io.github.kafkaguardrails.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

import io.github.kafkaguardrails.errorhandling.ErrorHandlingProperties;

/**
 * The keys that an entry below {@code kafka.guardrails.listeners} may have, taken from
 * the record that they are bound to.
 */
final class ListenerKeys {

	private ListenerKeys() {
	}

	static List<String> all() {
		List<String> keys = new ArrayList<>();
		collect("", ErrorHandlingProperties.class, keys);
		return List.copyOf(keys);
	}

	private static void collect(String prefix, Class<?> type, List<String> keys) {
		for (RecordComponent component : type.getRecordComponents()) {
			String key = prefix + DataObjectPropertyName.toDashedForm(component.getName());
			if (component.getType().isRecord()) {
				collect(key + ".", component.getType(), keys);
			}
			else {
				keys.add(key);
			}
		}
	}

}
