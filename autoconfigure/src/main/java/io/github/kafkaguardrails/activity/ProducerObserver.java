package io.github.kafkaguardrails.activity;

import java.lang.ref.WeakReference;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.producer.Producer;
import org.springframework.kafka.core.ProducerFactory;

import io.github.kafkaguardrails.setup.ActivitySetup.ProducerCreations;
import io.github.kafkaguardrails.setup.ClientType;

/**
 * Knows the open producers of at most {@value BoundedMap#MAX_KEYS} producer factories,
 * and counts how many are created. It neither keeps a producer alive nor closes one.
 *
 * @since 0.1.0
 */
public final class ProducerObserver {

	private final BoundedMap<String, FactoryProducers> factories;

	private final ForeignProducers others;

	/**
	 * An observer.
	 * @param clock tells when a producer was created
	 */
	public ProducerObserver(Clock clock) {
		this.factories = new BoundedMap<>((name) -> new FactoryProducers(clock));
		this.others = new ForeignProducers(clock);
	}

	/**
	 * Observe a factory from now on.
	 * @param <K> type of the key
	 * @param <V> type of the value
	 * @param name bean name of the factory, or of the template that owns it
	 * @param factory the factory; nothing happens when it is observed already
	 */
	public <K, V> void observe(String name, ProducerFactory<K, V> factory) {
		for (ProducerFactory.Listener<K, V> listener : List.copyOf(factory.getListeners())) {
			if (listener instanceof Listener<K, V> own) {
				if (own.factory.refersTo(factory)) {
					return;
				}
				// a copy of a factory has its original's listeners
				factory.removeListener(own);
			}
		}
		FactoryProducers producers = this.factories.get(name);
		if (producers != null) {
			factory.addListener(new Listener<>(new WeakReference<>(factory), producers));
		}
	}

	Map<ClientKey, Producer<?, ?>> open() {
		Map<ClientKey, Producer<?, ?>> open = new HashMap<>();
		this.factories.forEach((name, producers) -> producers.open()
			.forEach((clientId, producer) -> open.put(new ClientKey(ClientType.PRODUCER, name, clientId), producer)));
		return open;
	}

	List<ProducerCreations> creations() {
		List<ProducerCreations> creations = new ArrayList<>();
		this.factories.forEach((name, producers) -> creations
			.add(new ProducerCreations(name, producers.created(), producers.open().size())));
		Set<String> known = open().keySet().stream().map(ClientKey::clientId).collect(Collectors.toSet());
		this.others.look(known).ifPresent(creations::add);
		return creations;
	}

	/**
	 * Called on the threads that create and close producers.
	 *
	 * @param <K> type of the key
	 * @param <V> type of the value
	 * @param factory the factory that it was made for
	 * @param producers the factory's producers
	 */
	private record Listener<K, V>(WeakReference<ProducerFactory<K, V>> factory,
			FactoryProducers producers) implements ProducerFactory.Listener<K, V> {

		@Override
		public void producerAdded(String id, Producer<K, V> producer) {
			this.producers.added(id, producer);
		}

		@Override
		public void producerRemoved(String id, Producer<K, V> producer) {
			this.producers.removed(id);
		}

	}

}
