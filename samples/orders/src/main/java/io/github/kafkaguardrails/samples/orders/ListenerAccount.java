package io.github.kafkaguardrails.samples.orders;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What became of the lines of the feed with one listener. A line counts once, however
 * often it is delivered.
 */
class ListenerAccount {

	private final Set<Integer> received = new HashSet<>();

	private final Set<Integer> processed = new HashSet<>();

	private final Map<Object, Integer> latest = new HashMap<>();

	private final Set<Object> reversedKeys = new HashSet<>();

	private final Set<Integer> done = new HashSet<>();

	private final Map<Integer, String> deadLettered = new TreeMap<>();

	private int deliveries;

	void received(int line) {
		this.received.add(line);
		this.deliveries++;
	}

	void processed(int line, @Nullable Object key) {
		if (this.processed.add(line) && key != null && this.latest.merge(key, line, Math::max) > line) {
			this.reversedKeys.add(key);
		}
		this.done.add(line);
	}

	void deadLettered(int line, String cause) {
		this.deadLettered.put(line, cause);
		this.done.add(line);
	}

	/** Number of lines that were processed or dead-lettered. */
	int done() {
		return this.done.size();
	}

	FeedReport.Column column(String listener, int sent) {
		Map<String, Integer> causes = new TreeMap<>();
		this.deadLettered.values().forEach((cause) -> causes.merge(cause, 1, Integer::sum));
		return new FeedReport.Column(listener, this.received.size(), this.deliveries - this.received.size(),
				this.processed.size(), this.reversedKeys.size(), causes, sent - this.done.size());
	}

}
