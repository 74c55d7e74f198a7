package io.github.kafkaguardrails.errorhandling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.kafkaguardrails.setup.Glob;

/**
 * Finds the error handling of a listener among the settings. A listener id wins over a
 * topic glob, the longest glob over the others, and any of them over the default; what
 * one entry leaves open comes from the next.
 *
 * @since 0.1.0
 */
public final class ErrorHandlingSource {

	/** Key of the entry that applies to every listener. */
	public static final String DEFAULT = "default";

	private final Map<String, ErrorHandlingProperties> listeners;

	private final Map<String, ErrorHandlingProperties> topics;

	/**
	 * The settings.
	 * @param listeners entries by listener id
	 * @param topics entries by topic glob
	 */
	public ErrorHandlingSource(Map<String, ErrorHandlingProperties> listeners,
			Map<String, ErrorHandlingProperties> topics) {
		this.listeners = Map.copyOf(listeners);
		this.topics = topics.isEmpty() ? topics : longestFirst(topics);
	}

	private static Map<String, ErrorHandlingProperties> longestFirst(Map<String, ErrorHandlingProperties> topics) {
		Map<String, ErrorHandlingProperties> sorted = new LinkedHashMap<>();
		topics.entrySet()
			.stream()
			.sorted(Comparator.comparing((Map.Entry<String, ErrorHandlingProperties> entry) -> entry.getKey().length())
				.reversed())
			.forEach((entry) -> sorted.put(entry.getKey(), entry.getValue()));
		return sorted;
	}

	/**
	 * The entries that apply to a listener, the most specific first; empty when the user
	 * set nothing for it.
	 * @param id listener id
	 * @param topics topics, or the text of a pattern
	 */
	public List<ErrorHandlingProperties> entries(String id, List<String> topics) {
		List<ErrorHandlingProperties> entries = new ArrayList<>();
		add(entries, this.listeners.get(id));
		for (Map.Entry<String, ErrorHandlingProperties> entry : this.topics.entrySet()) {
			if (topics.stream().anyMatch(new Glob(entry.getKey())::matches)) {
				add(entries, entry.getValue());
			}
		}
		add(entries, this.listeners.get(DEFAULT));
		return entries;
	}

	private static void add(List<ErrorHandlingProperties> entries, @Nullable ErrorHandlingProperties entry) {
		if (entry != null && !entry.equals(ErrorHandlingProperties.NONE)) {
			entries.add(entry);
		}
	}

}
