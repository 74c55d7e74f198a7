package io.github.kafkaguardrails.setup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The Spring properties below {@code spring.kafka} and {@code kafka.guardrails} that the
 * application sets, and those that exist.
 *
 * @param set every property that is set, wherever; {@link ConfigValue#key()} is the full
 * name as the user wrote it
 * @param known every property that the configuration metadata on the class path declares
 * @since 0.1.0
 */
public record PropertySetup(List<ConfigValue> set, List<KnownProperty> known) {

	private static final Pattern SEPARATORS = Pattern.compile("[._-]");

	public PropertySetup {
		set = List.copyOf(set);
		known = Collections.unmodifiableList(known);
	}

	/**
	 * The values that are set for a property, in whatever spelling Spring Boot accepts.
	 * @param name canonical name, without map keys
	 */
	public List<ConfigValue> find(String name) {
		String uniform = uniform(name);
		List<ConfigValue> found = new ArrayList<>();
		for (ConfigValue value : this.set) {
			if (uniform(value.key()).equals(uniform)) {
				found.add(value);
			}
		}
		return List.copyOf(found);
	}

	private static String uniform(String name) {
		return SEPARATORS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
	}

	/**
	 * A property that the configuration metadata declares.
	 *
	 * @param name canonical name
	 * @param map whether it is a map, so that any key below it is allowed
	 * @param deprecation {@code null} when it is not deprecated, else {@code warning} or
	 * {@code error}; {@code error} means that it is not bound any more
	 * @param replacement what replaces a deprecated property, or {@code null}
	 */
	public record KnownProperty(String name, boolean map, @Nullable String deprecation, @Nullable String replacement) {

	}

}
