package io.github.kafkaguardrails.autoconfigure;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
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

	private final AtomicReference<@Nullable ProducerObserver> producerObserver = new AtomicReference<>();

	private final AtomicReference<@Nullable SendObserver> sendObserver = new AtomicReference<>();

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
		ProducerObserver known = this.producerObserver.get();
		if (known == null) {
			ProducerObserver users = this.producers.getIfAvailable();
			ProducerObserver found = (users != null) ? users : new ProducerObserver(Clock.systemUTC());
			known = this.producerObserver.compareAndSet(null, found) ? found : producers();
		}
		return known;
	}

	SendObserver sends() {
		SendObserver known = this.sendObserver.get();
		if (known == null) {
			SendObserver users = this.sends.getIfAvailable();
			SendObserver found = (users != null) ? users : new SendObserver(Clock.systemUTC());
			known = this.sendObserver.compareAndSet(null, found) ? found : sends();
		}
		return known;
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
