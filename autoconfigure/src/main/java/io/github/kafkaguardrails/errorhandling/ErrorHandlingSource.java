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
		this.topics = new LinkedHashMap<>();
		topics.entrySet()
			.stream()
			.sorted(Comparator.comparing((Map.Entry<String, ErrorHandlingProperties> entry) -> entry.getKey().length())
				.reversed())
			.forEach((entry) -> this.topics.put(entry.getKey(), entry.getValue()));
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
		this.topics.forEach((glob, entry) -> {
			if (topics.stream().anyMatch(new Glob(glob)::matches)) {
				add(entries, entry);
			}
		});
		add(entries, this.listeners.get(DEFAULT));
		return entries;
	}

	private static void add(List<ErrorHandlingProperties> entries, @Nullable ErrorHandlingProperties entry) {
		if (entry != null && !entry.equals(ErrorHandlingProperties.NONE)) {
			entries.add(entry);
		}
	}

}
