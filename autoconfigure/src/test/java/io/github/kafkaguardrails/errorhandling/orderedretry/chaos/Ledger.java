package io.github.kafkaguardrails.errorhandling.orderedretry.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.kafkaguardrails.errorhandling.orderedretry.chaos.LedgerEntry.Event;

/**
 * Checks what all instances did against the promises of the ordered retry.
 */
final class Ledger {

	private final Map<Source, List<LedgerEntry>> entries = new HashMap<>();

	private final Map<String, List<Source>> keys = new TreeMap<>();

	/**
	 * A ledger.
	 * @param sent all records that were sent
	 * @param entries what was done with them, in any order
	 */
	Ledger(Collection<Source> sent, Collection<LedgerEntry> entries) {
		for (LedgerEntry entry : entries) {
			this.entries
				.computeIfAbsent(new Source(entry.partition(), entry.offset(), entry.key()),
						(source) -> new ArrayList<>())
				.add(entry);
		}
		sent.forEach((source) -> this.keys.computeIfAbsent(source.key(), (key) -> new ArrayList<>()).add(source));
		this.keys.values().forEach((sources) -> sources.sort(Comparator.comparingLong(Source::offset)));
	}

	/** P1: records without a terminal outcome. */
	List<Source> lost() {
		return this.keys.values()
			.stream()
			.flatMap(List::stream)
			.filter((source) -> firstOutcome(source) == Long.MAX_VALUE)
			.toList();
	}

	/**
	 * O1: deliveries that began before an earlier record of the key had a terminal
	 * outcome.
	 */
	List<String> overtakings() {
		List<String> overtakings = new ArrayList<>();
		for (List<Source> sources : this.keys.values()) {
			long outcomes = Long.MIN_VALUE;
			Source last = sources.get(0);
			for (Source source : sources) {
				for (LedgerEntry entry : of(source)) {
					if (entry.event() == Event.STARTED && entry.micros() < outcomes) {
						overtakings.add(
								source + " began " + (outcomes - entry.micros()) + " us before the outcome of " + last);
					}
				}
				long outcome = firstOutcome(source);
				if (outcome > outcomes) {
					outcomes = outcome;
					last = source;
				}
			}
		}
		return overtakings;
	}

	/** O3: keys whose last terminal outcomes are not in the order of the source. */
	List<String> reversals() {
		List<String> reversals = new ArrayList<>();
		for (List<Source> sources : this.keys.values()) {
			long before = Long.MIN_VALUE;
			for (Source source : sources) {
				long outcome = of(source).stream()
					.filter((entry) -> entry.event().terminal())
					.mapToLong(LedgerEntry::micros)
					.max()
					.orElse(before);
				if (outcome < before) {
					reversals.add(source + " ended " + (before - outcome) + " us before an earlier one of its key");
				}
				before = Math.max(before, outcome);
			}
		}
		return reversals;
	}

	/** How often something happened. */
	long count(Event event) {
		return this.entries.values().stream().flatMap(List::stream).filter((entry) -> entry.event() == event).count();
	}

	private long firstOutcome(Source source) {
		return of(source).stream()
			.filter((entry) -> entry.event().terminal())
			.mapToLong(LedgerEntry::micros)
			.min()
			.orElse(Long.MAX_VALUE);
	}

	private List<LedgerEntry> of(Source source) {
		return this.entries.getOrDefault(source, List.of());
	}

	/**
	 * A record that was sent.
	 *
	 * @param partition its partition
	 * @param offset its offset
	 * @param key its key
	 */
	record Source(int partition, long offset, String key) {

	}

}
