package io.github.kafkaguardrails.setup;

import java.util.Collections;
import java.util.List;

/**
 * What rules need to know of Kafka Guardrails' own settings.
 *
 * @param ruleIds ids of all rules, old ids included
 * @param unknownClasses exception classes that are named in the settings and cannot be
 * loaded
 * @param listenerKeys the keys that an entry below {@code kafka.guardrails.listeners} or
 * {@code kafka.guardrails.topics} may have, canonical, for example
 * {@code retry.max-attempts}
 * @since 0.1.0
 */
public record GuardrailsSetup(List<String> ruleIds, List<ConfigValue> unknownClasses, List<String> listenerKeys) {

	public GuardrailsSetup {
		ruleIds = Collections.unmodifiableList(ruleIds);
		unknownClasses = List.copyOf(unknownClasses);
		listenerKeys = Collections.unmodifiableList(listenerKeys);
	}

}
