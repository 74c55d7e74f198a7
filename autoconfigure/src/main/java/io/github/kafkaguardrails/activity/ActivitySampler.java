package io.github.kafkaguardrails.activity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.kafkaguardrails.setup.ActivitySetup;
import io.github.kafkaguardrails.setup.ActivitySetup.KeylessRecords;
import io.github.kafkaguardrails.setup.ActivitySetup.StreamsActivity;
import io.github.kafkaguardrails.setup.ClientActivity.Metric;

/**
 * Puts together what the observers saw. Reads the metrics of clients on the thread that
 * asks; contacts no broker and changes nothing.
 *
 * @since 0.1.0
 */
public final class ActivitySampler {

	private final ProducerObserver producers;

	private final ContainerObserver containers;

	private final SendObserver sends;

	private final EndedRecordsObserver endings;

	private final Supplier<List<KeylessRecords>> keyless;

	private final Supplier<List<StreamsActivity>> streams;

	private final Clock clock;

	private final Instant begin;

	private final SampleSeries series = new SampleSeries();

	/**
	 * A sampler.
	 * @param producers knows the producers
	 * @param containers knows the listener containers
	 * @param sends knows what was sent
	 * @param endings knows what could not be processed
	 * @param keyless tells who has seen records without a key
	 * @param streams tells the state of the Kafka Streams applications
	 * @param clock tells when a sample is taken
	 * @param begin since when the observers have been at work
	 */
	public ActivitySampler(ProducerObserver producers, ContainerObserver containers, SendObserver sends,
			EndedRecordsObserver endings, Supplier<List<KeylessRecords>> keyless,
			Supplier<List<StreamsActivity>> streams, Clock clock, Instant begin) {
		this.producers = producers;
		this.containers = containers;
		this.sends = sends;
		this.endings = endings;
		this.keyless = keyless;
		this.streams = streams;
		this.clock = clock;
		this.begin = begin;
	}

	/** Take a sample. */
	public synchronized ActivitySetup sample() {
		Instant now = this.clock.instant();
		Map<ClientKey, Map<Metric, Double>> clients = new HashMap<>(this.containers.consumers());
		this.producers.open()
			.forEach((client, producer) -> clients.put(client,
					MetricsReader.read(producer.metrics(), (partition) -> false)));
		this.series.add(clients, now);
		return new ActivitySetup(Duration.between(this.begin, now), this.series.activities(now),
				this.producers.creations(), this.containers.states(), this.sends.observed(), this.endings.observed(),
				this.keyless.get(), this.streams.get());
	}

}
