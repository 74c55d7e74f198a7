package io.github.kafkaguardrails.errorhandling.orderedretry;

import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DelegatingMessageListener;
import org.springframework.kafka.listener.adapter.RecordMessagingMessageListenerAdapter;

/**
 * The observations of a container. It leaves it to the adapter of a listener method to
 * stop the one of a record; whoever does not call the adapter must stop it.
 */
final class OpenObservation {

	private final AbstractMessageListenerContainer<?, ?> container;

	private final boolean adapterStops;

	private final Supplier<@Nullable ObservationRegistry> registry;

	OpenObservation(AbstractMessageListenerContainer<?, ?> container, Object listener,
			Supplier<@Nullable ObservationRegistry> registry) {
		this.container = container;
		this.registry = registry;
		Object target = listener;
		while (target instanceof DelegatingMessageListener<?> wrapper) {
			target = wrapper.getDelegate();
		}
		this.adapterStops = target.getClass().equals(RecordMessagingMessageListenerAdapter.class);
	}

	/** Whether the adapter of the listener stops observations. */
	boolean adapterStops() {
		return this.adapterStops;
	}

	/** Where observations are registered; nowhere when they are switched off. */
	ObservationRegistry registry() {
		ContainerProperties properties = this.container.getContainerProperties();
		ObservationRegistry registry = properties.getObservationRegistry();
		ObservationRegistry ofContext = (registry.isNoop() && properties.isObservationEnabled()) ? this.registry.get()
				: null;
		return (ofContext != null) ? ofContext : registry;
	}

	/** Stop the observation of this thread's record. */
	void stop() {
		Observation current = this.adapterStops ? registry().getCurrentObservation() : null;
		if (current != null) {
			current.stop();
		}
	}

}
