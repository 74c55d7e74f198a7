package io.github.kafkaguardrails.autoconfigure;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.PriorityOrdered;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

import io.github.kafkaguardrails.activity.ProducerObserver;
import io.github.kafkaguardrails.activity.SendObserver;

/**
 * Lets every producer factory and template, whoever made it, be observed. Before others
 * make a proxy of it.
 */
final class ActivityPostProcessor implements BeanPostProcessor, PriorityOrdered {

	private final ProducerObserver producers;

	private final SendObserver sends;

	ActivityPostProcessor(ProducerObserver producers, SendObserver sends) {
		this.producers = producers;
		this.sends = sends;
	}

	ProducerObserver producers() {
		return this.producers;
	}

	SendObserver sends() {
		return this.sends;
	}

	@Override
	public int getOrder() {
		return PriorityOrdered.LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof ProducerFactory<?, ?> factory) {
			this.producers.observe(beanName, factory);
		}
		else if (bean instanceof KafkaTemplate<?, ?> template) {
			this.sends.observe(beanName, template);
			observeFactory(beanName, template);
		}
		return bean;
	}

	/** A template that overrides settings has a factory that is no bean. */
	private void observeFactory(String beanName, KafkaTemplate<?, ?> template) {
		try {
			this.producers.observe(beanName, template.getProducerFactory());
		}
		catch (UnsupportedOperationException ex) {
			// a routing template: the factories that it chooses from are beans
		}
	}

}
