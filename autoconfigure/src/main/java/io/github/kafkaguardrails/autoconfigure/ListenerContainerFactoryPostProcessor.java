package io.github.kafkaguardrails.autoconfigure;

import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.kafka.config.AbstractKafkaListenerContainerFactory;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.util.ReflectionUtils;

/**
 * Lets every listener container factory, whoever made it, hand its containers to
 * {@link ListenerContainerCustomizer} after the user's own customizer.
 */
final class ListenerContainerFactoryPostProcessor implements BeanPostProcessor, Ordered {

	private final ObjectProvider<ListenerContainerCustomizer> containers;

	ListenerContainerFactoryPostProcessor(ObjectProvider<ListenerContainerCustomizer> containers) {
		this.containers = containers;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof AbstractKafkaListenerContainerFactory<?, ?, ?> factory) {
			compose(factory);
		}
		return bean;
	}

	@SuppressWarnings("unchecked") // the customizer of a factory is one of its containers
	private <C extends AbstractMessageListenerContainer<K, V>, K, V> void compose(
			AbstractKafkaListenerContainerFactory<C, K, V> factory) {
		ContainerCustomizer<K, V, C> users = (ContainerCustomizer<K, V, C>) field(factory, "containerCustomizer");
		factory.setContainerCustomizer((container) -> {
			if (users != null) {
				users.configure(container);
			}
			boolean rollbackProcessor = field(factory, "afterRollbackProcessor") != null;
			this.containers.getObject().customize(container, factory, rollbackProcessor);
		});
	}

	private static @Nullable Object field(AbstractKafkaListenerContainerFactory<?, ?, ?> factory, String name) {
		Field field = ReflectionUtils.findField(AbstractKafkaListenerContainerFactory.class, name);
		if (field == null) {
			throw new IllegalStateException("This version of Spring Kafka has no field '" + name + "' in "
					+ AbstractKafkaListenerContainerFactory.class.getName());
		}
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, factory);
	}

}
