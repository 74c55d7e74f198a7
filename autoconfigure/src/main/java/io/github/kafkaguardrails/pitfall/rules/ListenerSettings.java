package io.github.kafkaguardrails.pitfall.rules;

import java.util.regex.Pattern;

import io.github.kafkaguardrails.setup.ListenerSetup;

/**
 * Names of Kafka Guardrails' settings for a listener.
 */
final class ListenerSettings {

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9-]+");

	private ListenerSettings() {
	}

	/**
	 * The property that holds a setting of this listener; without an id of its own the
	 * one for all listeners.
	 */
	static String property(ListenerSetup listener, String key) {
		String prefix = "kafka.guardrails.listeners";
		if (!listener.explicitId()) {
			return prefix + ".default." + key;
		}
		boolean plain = PLAIN.matcher(listener.id()).matches();
		return prefix + (plain ? "." + listener.id() : "[" + listener.id() + "]") + "." + key;
	}

}
