package io.github.kafkaguardrails.setup;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a Spring property in the spelling that the user chose, compared by the
 * rules of relaxed binding: case, dashes and underscores do not count, and an environment
 * variable has underscores for dots. Immutable.
 *
 * @since 0.1.0
 */
public final class PropertyName {

	private static final Pattern INDEX = Pattern.compile("[-_]*(\\[\\d+])?|(_\\d+)?_*");

	private static final Pattern ELEMENT = Pattern.compile("\\[([^]]*)]|[^.\\[]+");

	private static final Pattern ENVIRONMENT_ELEMENT = Pattern.compile("([^_]+)");

	private final String text;

	private final boolean environment;

	private PropertyName(String text) {
		this.text = text;
		this.environment = text.indexOf('.') < 0 && text.indexOf('_') > 0;
	}

	/**
	 * A name as it was written, for example {@code spring.kafka.consumer.maxPollRecords}
	 * or {@code SPRING_KAFKA_CONSUMER_MAX_POLL_RECORDS}.
	 */
	public static PropertyName of(String text) {
		return new PropertyName(text);
	}

	/**
	 * Whether it is spelled as an environment variable, so that the words of one element
	 * cannot be told from elements.
	 */
	public boolean environment() {
		return this.environment;
	}

	/**
	 * Whether it is a spelling of this name or, when that is a list, of one of its
	 * elements.
	 * @param canonical a name in canonical form, for example
	 * {@code spring.kafka.consumer.max-poll-records}
	 */
	public boolean matches(String canonical) {
		int end = end(canonical);
		return end >= 0 && INDEX.matcher(this.text).region(end, this.text.length()).matches();
	}

	/**
	 * What stands below this name, in the user's spelling and without brackets; empty
	 * when nothing does. An environment variable gives lower case and dots, as Spring
	 * Boot binds it.
	 * @param canonical the name of a map in canonical form, for example
	 * {@code spring.kafka.consumer.properties}
	 */
	public Optional<String> below(String canonical) {
		List<String> elements = elementsBelow(canonical);
		return elements.isEmpty() ? Optional.empty() : Optional.of(String.join(".", elements));
	}

	/**
	 * The elements of what stands below this name; what is written in brackets is one
	 * element. Empty when nothing stands below it.
	 * @param canonical the name of a map in canonical form
	 */
	public List<String> elementsBelow(String canonical) {
		int end = end(canonical);
		boolean below = end >= 0 && end < this.text.length() - 1 && separator(this.text.charAt(end));
		return below ? elements(this.text.substring(end)) : List.of();
	}

	/**
	 * Where a spelling of this name ends, or -1 when the text does not start with one.
	 */
	private int end(String canonical) {
		int end = 0;
		for (int i = 0; i < canonical.length(); i++) {
			char character = canonical.charAt(i);
			if (!ignored(character)) {
				while (end < this.text.length() && ignored(this.text.charAt(end))) {
					end++;
				}
				if (end == this.text.length()
						|| Character.toLowerCase(this.text.charAt(end)) != Character.toLowerCase(character)) {
					return -1;
				}
				end++;
			}
		}
		return end;
	}

	private boolean ignored(char character) {
		return character == '-' || character == '_' || (this.environment && character == '.');
	}

	private List<String> elements(String text) {
		Pattern pattern = ELEMENT;
		String elements = text;
		if (this.environment) {
			pattern = ENVIRONMENT_ELEMENT;
			elements = text.toLowerCase(Locale.ROOT);
		}
		return pattern.matcher(elements)
			.results()
			.map((match) -> (match.group(1) != null) ? match.group(1) : match.group())
			.toList();
	}

	private boolean separator(char character) {
		if (this.environment) {
			return character == '_';
		}
		return character == '.' || character == '[';
	}

	/** The name as it was written. */
	@Override
	public String toString() {
		return this.text;
	}

}
