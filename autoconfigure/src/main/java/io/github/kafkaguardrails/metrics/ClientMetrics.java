package io.github.kafkaguardrails.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.core.MicrometerProducerListener;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Safe default: attaches Micrometer to factories that the user made by hand. Spring Boot
 * does so only for those that it makes. Runs once, when all singletons exist and before
 * any client does; a factory that has such a listener is left alone.
 *
 * @since 0.1.0
 */
public final class ClientMetrics implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(ClientMetrics.class);

	private final ListableBeanFactory beans;

	private final ObjectProvider<MeterRegistry> registry;

	public ClientMetrics(ListableBeanFactory beans, ObjectProvider<MeterRegistry> registry) {
		this.beans = beans;
		this.registry = registry;
	}

	@Override
	public void afterSingletonsInstantiated() {
		MeterRegistry meters = this.registry.getIfUnique();
		if (meters == null) {
			return;
		}
		this.beans.getBeansOfType(ConsumerFactory.class, false, false)
			.forEach((name, factory) -> attachToConsumers(name, (ConsumerFactory<?, ?>) factory, meters));
		this.beans.getBeansOfType(ProducerFactory.class, false, false)
			.forEach((name, factory) -> attachToProducers(name, (ProducerFactory<?, ?>) factory, meters));
		this.beans.getBeansOfType(KafkaTemplate.class, false, false)
			.forEach((name, template) -> attachToProducers(name, ((KafkaTemplate<?, ?>) template).getProducerFactory(),
					meters));
	}

	private static <K, V> void attachToConsumers(String name, ConsumerFactory<K, V> factory, MeterRegistry meters) {
		if (factory.getListeners().stream().noneMatch(MicrometerConsumerListener.class::isInstance)) {
			factory.addListener(new MicrometerConsumerListener<>(meters));
			logger.debug("Safe default: client metrics of consumer factory '" + name + "'");
		}
	}

	private static <K, V> void attachToProducers(String name, ProducerFactory<K, V> factory, MeterRegistry meters) {
		if (factory.getListeners().stream().noneMatch(MicrometerProducerListener.class::isInstance)) {
			factory.addListener(new MicrometerProducerListener<>(meters));
			logger.debug("Safe default: client metrics of the producers of '" + name + "'");
		}
	}

}
