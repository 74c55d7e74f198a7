package io.github.kafkaguardrails.autoconfigure;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
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

	private final ObjectProvider<ProducerObserver> producers;

	private final ObjectProvider<SendObserver> sends;

	private final ProducerObserver ownProducers = new ProducerObserver(Clock.systemUTC());

	private final SendObserver ownSends = new SendObserver(Clock.systemUTC());

	/**
	 * The observers of an application.
	 * @param producers the user's own observer, if there is one
	 * @param sends the user's own observer, if there is one
	 */
	ActivityPostProcessor(ObjectProvider<ProducerObserver> producers, ObjectProvider<SendObserver> sends) {
		this.producers = producers;
		this.sends = sends;
	}

	ProducerObserver producers() {
		ProducerObserver users = this.producers.getIfAvailable();
		return (users != null) ? users : this.ownProducers;
	}

	SendObserver sends() {
		SendObserver users = this.sends.getIfAvailable();
		return (users != null) ? users : this.ownSends;
	}

	@Override
	public int getOrder() {
		return PriorityOrdered.LOWEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof ProducerFactory<?, ?> factory) {
			producers().observe(beanName, factory);
		}
		else if (bean instanceof KafkaTemplate<?, ?> template) {
			sends().observe(beanName, template);
			observeFactory(beanName, template);
		}
		return bean;
	}

	/** A template that overrides settings has a factory that is no bean. */
	private void observeFactory(String beanName, KafkaTemplate<?, ?> template) {
		try {
			producers().observe(beanName, template.getProducerFactory());
		}
		catch (UnsupportedOperationException ex) {
			// a routing template: the factories that it chooses from are beans
		}
	}

}
