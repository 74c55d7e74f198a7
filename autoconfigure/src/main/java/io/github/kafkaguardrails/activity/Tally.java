package io.github.kafkaguardrails.activity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events by what they are about, for a limited number of different things; events
 * about further ones are not counted. Safe for use by several threads.
 *
 * @param <K> what events are about
 */
final class Tally<K> {

	private final BoundedMap<K, Entry> entries = new BoundedMap<>((key) -> new Entry());

	private final Clock clock;

	Tally(Clock clock) {
		this.clock = clock;
	}

	void count(K key) {
		Entry entry = this.entries.get(key);
		if (entry != null) {
			entry.last = this.clock.instant();
			entry.count.increment();
		}
	}

	/** What was counted until now. */
	<T> List<T> results(Result<K, T> result) {
		Instant now = this.clock.instant();
		List<T> results = new ArrayList<>();
		this.entries
			.forEach((key, entry) -> results.add(result.of(key, entry.count.sum(), Duration.between(entry.last, now))));
		return results;
	}

	private static final class Entry {

		private final LongAdder count = new LongAdder();

		private volatile Instant last = Instant.EPOCH;

	}

	/**
	 * Makes something of a count.
	 *
	 * @param <K> what events are about
	 * @param <T> what is made
	 */
	interface Result<K, T> {

		T of(K key, long count, Duration last);

	}

}
