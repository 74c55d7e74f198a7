package io.github.kafkaguardrails.activity;

import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.kafka.clients.producer.Producer;

import io.github.kafkaguardrails.setup.ActivitySetup.ProducerCreations;

/**
 * The producers of one factory. Remembers at most {@value #MAX_OPEN} open ones, weakly,
 * and when the latest {@link ProducerCreations#LIMIT} were created.
 */
final class FactoryProducers {

	static final int MAX_OPEN = 100;

	private final Map<String, WeakReference<Producer<?, ?>>> open = new LinkedHashMap<>();

	private final Deque<Instant> creations = new ArrayDeque<>();

	private final Clock clock;

	FactoryProducers(Clock clock) {
		this.clock = clock;
	}

	/**
	 * A producer was created.
	 * @param id name of the factory and client id, separated by a period
	 * @param producer the producer
	 */
	synchronized void added(String id, Producer<?, ?> producer) {
		this.open.values().removeIf((reference) -> reference.refersTo(null));
		if (this.open.size() < MAX_OPEN) {
			this.open.put(id, new WeakReference<>(producer));
		}
		this.creations.add(this.clock.instant());
		if (this.creations.size() > ProducerCreations.LIMIT) {
			this.creations.remove();
		}
	}

	synchronized void removed(String id) {
		this.open.remove(id);
	}

	/** The open producers by client id. */
	synchronized Map<String, Producer<?, ?>> open() {
		Map<String, Producer<?, ?>> producers = new HashMap<>();
		this.open.forEach((id, reference) -> {
			Producer<?, ?> producer = reference.get();
			if (producer != null) {
				producers.put(id.substring(id.indexOf('.') + 1), producer);
			}
		});
		return producers;
	}

	/** How many were created lately. */
	synchronized int created() {
		Instant begin = this.clock.instant().minus(ProducerCreations.WINDOW);
		this.creations.removeIf((creation) -> creation.isBefore(begin));
		return this.creations.size();
	}

}
