package io.github.kafkaguardrails.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds the number of distinct values of a tag: the first ones keep their name, all
 * later ones share another.
 */
final class BoundedNames {

	/** Number of names that are kept. */
	static final int MAX_NAMES = 20;

	/** The name of all others. */
	static final String OTHER = "other";

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	String bounded(String name) {
		if (this.known.contains(name)) {
			return name;
		}
		synchronized (this) {
			if (this.known.size() < MAX_NAMES) {
				this.known.add(name);
			}
		}
		return this.known.contains(name) ? name : OTHER;
	}

}
