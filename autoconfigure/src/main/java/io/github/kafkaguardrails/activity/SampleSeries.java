package io.github.kafkaguardrails.activity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.kafkaguardrails.setup.ClientActivity;
import io.github.kafkaguardrails.setup.ClientActivity.Metric;
import io.github.kafkaguardrails.setup.ClientActivity.Sample;

/**
 * The latest samples of at most {@value #MAX_CLIENTS} clients. A client that is gone is
 * forgotten. However often somebody looks, samples are about a minute apart, because
 * rules judge what lasts for minutes.
 */
final class SampleSeries {

	static final int MAX_CLIENTS = 100;

	/** A little less than a minute: a thread that sleeps a minute is not exact. */
	private static final Duration PAUSE = Duration.ofSeconds(55);

	private final Map<ClientKey, Series> clients = new HashMap<>();

	/**
	 * Add what was read now.
	 * @param values values of the metrics of all clients that exist
	 * @param now when they were read
	 */
	void add(Map<ClientKey, Map<Metric, Double>> values, Instant now) {
		this.clients.keySet().retainAll(values.keySet());
		values.forEach((client, metrics) -> {
			if (this.clients.containsKey(client) || this.clients.size() < MAX_CLIENTS) {
				this.clients.computeIfAbsent(client, (key) -> new Series()).add(metrics, now);
			}
		});
	}

	List<ClientActivity> activities(Instant now) {
		List<ClientActivity> activities = new ArrayList<>();
		this.clients.forEach((client, series) -> activities.add(new ClientActivity(client.type(), client.owner(),
				client.clientId(), series.complete, series.samples(now))));
		return activities;
	}

	private static final class Series {

		private final Deque<Reading> readings = new ArrayDeque<>();

		private boolean complete = true;

		void add(Map<Metric, Double> values, Instant now) {
			if (!this.readings.isEmpty() && this.readings.getLast().time().plus(PAUSE).isAfter(now)) {
				return;
			}
			this.readings.add(new Reading(now, Map.copyOf(values)));
			if (this.readings.size() > ClientActivity.MAX_SAMPLES) {
				this.readings.remove();
				this.complete = false;
			}
		}

		List<Sample> samples(Instant now) {
			return this.readings.stream()
				.map((reading) -> new Sample(Duration.between(reading.time(), now), reading.values()))
				.toList();
		}

	}

	/**
	 * What was read at one time.
	 *
	 * @param time when
	 * @param values values by metric
	 */
	private record Reading(Instant time, Map<Metric, Double> values) {

	}

}
