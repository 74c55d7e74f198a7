package io.github.kafkaguardrails.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * The listener containers as they are now: those of listener endpoints and those that are
 * beans. Creates no bean that does not exist yet, unlike
 * {@code KafkaListenerEndpointRegistry.getAllListenerContainers()}, which creates
 * prototypes.
 */
final class ListenerContainers implements Supplier<Collection<MessageListenerContainer>> {

	private final ListableBeanFactory beanFactory;

	ListenerContainers(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public Collection<MessageListenerContainer> get() {
		List<MessageListenerContainer> containers = new ArrayList<>();
		this.beanFactory.getBeansOfType(KafkaListenerEndpointRegistry.class, false, false)
			.values()
			.forEach((registry) -> containers.addAll(registry.getListenerContainers()));
		containers.addAll(this.beanFactory.getBeansOfType(MessageListenerContainer.class, false, false).values());
		return containers;
	}

}
