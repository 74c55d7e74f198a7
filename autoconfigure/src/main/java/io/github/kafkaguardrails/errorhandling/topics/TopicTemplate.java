package io.github.kafkaguardrails.errorhandling.topics;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Name of a topic with {@code {topic}} for the source topic and {@code {group}} for the
 * consumer group. Characters of a group id that a topic name cannot hold become
 * {@code -}; names are cut at {@value #MAX_LENGTH} characters, Kafka's limit.
 *
 * @param text the template
 * @since 0.1.0
 */
public record TopicTemplate(String text) {

	private static final int MAX_LENGTH = 249;

	/** The name for a source topic and a group. */
	public String name(String topic, String group) {
		String name = this.text.replace("{topic}", topic).replace("{group}", legal(group));
		return (name.length() <= MAX_LENGTH) ? name : shortened(name);
	}

	/** Tells names that this template gives, for any source topic. */
	public Predicate<String> names(String group) {
		if (!this.text.contains("{topic}")) {
			return name("", group)::equals;
		}
		String[] parts = this.text.replace("{group}", legal(group)).split(Pattern.quote("{topic}"), 2);
		return (name) -> name.length() > parts[0].length() + parts[1].length() && name.startsWith(parts[0])
				&& name.endsWith(parts[1]);
	}

	/** A loop: a regular expression costs the start of an application milliseconds. */
	private static String legal(String group) {
		StringBuilder name = new StringBuilder(group);
		for (int i = 0; i < name.length(); i++) {
			if (!legal(name.charAt(i))) {
				name.setCharAt(i, '-');
			}
		}
		return name.toString();
	}

	private static boolean legal(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || character == '.' || character == '_' || character == '-';
	}

	/** Two long names stay two names: the end is replaced by a hash of the whole. */
	private static String shortened(String name) {
		String hash = Integer.toHexString(name.hashCode());
		return name.substring(0, MAX_LENGTH - hash.length() - 1) + "-" + hash;
	}

}
